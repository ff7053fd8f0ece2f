import * as vscode from 'vscode';
import { pickRule } from './pickRule.ts';
import { writeSetting } from './writeSetting.ts';
import { window } from '../platform/window.ts';

interface LevelItem extends vscode.QuickPickItem {
  /** Undefined for the rule's own level. */
  readonly level: string | undefined;
}

/** Asks for a rule, unless one is given, and for its level; writes them to `buildstream.rules`. */
export async function setRuleSeverity(context: vscode.ExtensionContext, given: unknown): Promise<void> {
  const code = typeof given === 'string' ? given : await pickRule(context, vscode.l10n.t('Set Severity of Rule'));
  if (code === undefined) return;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const rules = vscode.workspace.getConfiguration('buildstream', uri).get<Record<string, string>>('rules', {});
  const choice = await window.showQuickPick(levelItems(rules[code]), {
    title: vscode.l10n.t("Severity of '{0}'", code),
    placeHolder: vscode.l10n.t('How findings of this rule are shown in this workspace'),
  });
  if (choice === undefined) return;
  const others = Object.entries(rules).filter(([name]) => name !== code);
  const changed = Object.fromEntries(choice.level === undefined ? others : [...others, [code, choice.level]]);
  await writeSetting('rules', Object.keys(changed).length === 0 ? undefined : changed, uri);
}

function levelItems(current: string | undefined): LevelItem[] {
  const items: LevelItem[] = [
    {
      level: undefined,
      label: vscode.l10n.t('Default'),
      description: vscode.l10n.t('as the rule has it in each version of Omnia'),
    },
    { level: 'error', label: vscode.l10n.t('Error') },
    { level: 'warning', label: vscode.l10n.t('Warning') },
    { level: 'info', label: vscode.l10n.t('Information') },
    { level: 'hint', label: vscode.l10n.t('Hint') },
    { level: 'off', label: vscode.l10n.t('Off'), description: vscode.l10n.t('do not check') },
  ];
  return items.map((item) => ({
    ...item,
    label: `${item.level === current ? '$(check)' : '$(blank)'} ${item.label}`,
  }));
}
