import type { ListVersion } from '@omnia-buildstream/core/history/listMarks';
import type * as vscode from 'vscode';
import { repositoryOf } from './repositoryOf.ts';

/** The last versions of a file in git, the newest first. Empty without git or outside a repository. */
export async function listVersions(uri: vscode.Uri, most: number): Promise<readonly ListVersion[]> {
  try {
    const repository = await repositoryOf(uri);
    if (repository === undefined) return [];
    const commits = await repository.log({ path: uri.fsPath, maxEntries: most });
    const versions: ListVersion[] = [];
    for (const { hash, authorName = '', commitDate } of commits) {
      versions.push({ at: commitDate?.getTime() ?? 0, by: authorName, text: await textAt(repository, hash, uri) });
    }
    return versions;
  } catch {
    return [];
  }
}

/** Empty if the commit removed the file. */
async function textAt(repository: { show(ref: string, path: string): Promise<string> }, hash: string, uri: vscode.Uri) {
  try {
    return await repository.show(hash, uri.fsPath);
  } catch {
    return '';
  }
}
