import type { Say } from '@omnia-buildstream/core/text/message';
import {
  CodeActionKind,
  CodeActionTriggerKind,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
} from 'vscode-languageserver';
import type { ClientCommands } from '../protocol.ts';
import { strings } from '../strings.ts';

const aboutRules: readonly string[] = [
  'buildstream.setRuleSeverity',
  'buildstream.openRuleDocs',
] satisfies (keyof ClientCommands)[];

/**
 * Returns nothing if the editor looks for a light bulb by itself and there is no fix: a bulb promises one. An explicit
 * request gets the actions on rules anyway.
 */
export function worthABulb(actions: CodeAction[], { triggerKind }: CodeActionContext): CodeAction[] {
  const hasRepair = actions.some(({ command }) => command === undefined || !aboutRules.includes(command.command));
  return triggerKind === CodeActionTriggerKind.Automatic && !hasRepair ? [] : actions;
}

/** Actions on a rule, for any of its findings. */
export function ruleActions(say: Say, code: string, diagnostics: Diagnostic[]): CodeAction[] {
  const action = (command: keyof ClientCommands, title: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { command, title, arguments: [code] },
  });
  return [
    action('buildstream.setRuleSeverity', say(strings.setSeverity, { code })),
    action('buildstream.openRuleDocs', say(strings.openDocs, { code })),
  ];
}
