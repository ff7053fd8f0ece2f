import type { Say } from '@omnia-buildstream/core/text/message';
import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver';
import type { ClientCommands } from '../protocol.ts';
import { strings } from '../strings.ts';

/** What can be done about a rule wherever it speaks. */
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
