import * as vscode from 'vscode';
import { ruleCatalog } from './ruleCatalog.ts';
import { window } from '../platform/window.ts';

/** Lets the user select a rule; rules with findings in the active file come first. */
export async function pickRule(context: vscode.ExtensionContext, title: string): Promise<string | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const found = new Set(uri === undefined ? [] : vscode.languages.getDiagnostics(uri).map(codeOf));
  const items = ruleCatalog(context).map(({ code, description }) => ({ label: code, detail: description }));
  const inFile = items.filter(({ label }) => found.has(label));
  const others = items.filter(({ label }) => !found.has(label));
  const kind = vscode.QuickPickItemKind.Separator;
  const choice = await window.showQuickPick(
    inFile.length === 0
      ? others
      : [
          { kind, label: vscode.l10n.t('found in this file') },
          ...inFile,
          { kind, label: vscode.l10n.t('other rules') },
          ...others,
        ],
    { title, matchOnDetail: true, placeHolder: vscode.l10n.t('Select a rule') },
  );
  return choice?.label;
}

function codeOf({ code }: vscode.Diagnostic): string | undefined {
  return typeof code === 'object' ? String(code.value) : code?.toString();
}
