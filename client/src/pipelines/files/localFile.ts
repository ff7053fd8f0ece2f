import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import type { GitRepository } from '../../git/gitExtension.ts';
import { repositoryOf } from '../../git/repositoryOf.ts';
import { window } from '../../platform/window.ts';

/** The user's copy of a file that the server has too. */
export interface LocalFile {
  readonly uri: vscode.Uri;
  /** Path in the repository. */
  readonly path: string;
  /** As it lies on disk, but without byte order mark: Omnia fails on one. */
  readonly content: Uint8Array;
  readonly text: string;
  /** As the last local commit has it; undefined without git. */
  readonly headText: string | undefined;
  readonly repository: GitRepository | undefined;
}

/** The copy in the active editor, else in the workspace; asks when there are several. Undefined without any. */
export async function findLocalFile(paths: readonly string[]): Promise<LocalFile | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = paths.find((path) => active?.scheme === 'file' && active.path.endsWith(`/${path}`));
  if (own !== undefined && active !== undefined) return readLocalFile(active, own);
  const found = await Promise.all(
    paths.map(async (path) => {
      const uris = await vscode.workspace.findFiles(`**/${path}`, undefined, 20);
      return uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri, path }));
    }),
  );
  const [only, ...others] = found.flat();
  const chosen =
    others.length === 0 || only === undefined
      ? only
      : await window.showQuickPick([only, ...others], { title: vscode.l10n.t('Select a file') });
  return chosen === undefined ? undefined : readLocalFile(chosen.uri, chosen.path);
}

/** A file beside another one in the same repository; undefined when it is not there. */
export async function siblingFile({ uri, path }: LocalFile, wanted: string): Promise<LocalFile | undefined> {
  const root = uri.path.slice(0, uri.path.length - path.length);
  try {
    return await readLocalFile(uri.with({ path: root + wanted }), wanted);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

export async function readLocalFile(uri: vscode.Uri, path: string): Promise<LocalFile> {
  const content = await vscode.workspace.fs.readFile(uri);
  const repository = await repositoryOf(uri);
  // Rejects for what is not in HEAD.
  const headText = await repository?.show('HEAD', uri.fsPath).catch(() => undefined);
  const text = decode(content, path);
  if (!text.startsWith('\ufeff')) return { uri, path, content, text, headText, repository };
  const plain = text.slice(1);
  return { uri, path, content: new TextEncoder().encode(plain), text: plain, headText, repository };
}

export function isUnsaved({ uri }: LocalFile): boolean {
  return vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
}

/** Git decodes what it shows without the byte order mark. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  return one?.replace(/^\ufeff/, '') === other?.replace(/^\ufeff/, '');
}

function decode(content: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw refused(vscode.l10n.t('{0} is not UTF-8. Save it as UTF-8 first.', path));
  }
}
