import * as vscode from 'vscode';

const imageKey = 'stages.imageGroup';

/** The image group of the last run. */
export function lastImageGroup(state: vscode.Memento): string {
  const value = state.get<unknown>(imageKey);
  return typeof value === 'string' ? value : '';
}

export async function rememberImageGroup(state: vscode.Memento, imageGroup: string): Promise<void> {
  await state.update(imageKey, imageGroup);
}

/** Asks for the image group; undefined when the user changes their mind. */
export async function askImageGroup(state: vscode.Memento): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Image Group'),
    prompt: vscode.l10n.t('The image group that the nodes boot. Another one than before boots all nodes.'),
    value: lastImageGroup(state),
    ignoreFocusOut: true,
  });
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
