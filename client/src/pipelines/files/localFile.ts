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
  /** As on disk, but without a byte order mark, because Omnia fails on one. */
  readonly content: Uint8Array;
  readonly text: string;
  /** As in the last local commit. Undefined without git, or if that commit does not contain the file. */
  readonly headText: string | undefined;
  readonly repository: GitRepository | undefined;
}

/** The copy in the active editor, otherwise in the workspace; asks if there are several. Undefined if there is none. */
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

/** Another file of the same repository. Undefined if it does not exist. */
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
  // Rejects if the file is not in HEAD.
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

/** Ignores the byte order mark, because git's output is decoded without it. */
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
