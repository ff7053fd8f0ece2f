import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { pickRule } from './pickRule.ts';

/** Shows the page of a rule, which comes with the extension. The code may come from a link, so it is not trusted. */
export async function openRuleDocs(context: vscode.ExtensionContext, given: unknown): Promise<void> {
  const code = typeof given === 'string' ? given : await pickRule(context, vscode.l10n.t('Open Rule Documentation'));
  if (code === undefined) return;
  const page = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules', `${code}.md`);
  if (!/^[a-z0-9-]+$/.test(code) || !(await exists(page))) {
    throw refused(vscode.l10n.t("There is no page about '{0}'.", code));
  }
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
