import { isGitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import type { RepositoryFile } from '../model/file.ts';
import type { GitLabClient } from './client.ts';
import { commitAndReadBack, type CommitResult } from './committed.ts';

type Client = Pick<GitLabClient, 'files'>;

export interface FilePlace {
  readonly projectId: number;
  readonly branch: string;
  readonly path: string;
}

/** A text file as read, with what a later conditional write needs. */
export interface TextFile {
  readonly file: RepositoryFile;
  /** With its byte order mark, if it has one. */
  readonly text: string;
}

export type TextReading =
  | { readonly kind: 'read'; readonly value: TextFile }
  | { readonly kind: 'missing' }
  /** An edit would corrupt the file. */
  | { readonly kind: 'not-utf8' };

/** Reads a text file of a branch or commit. @throws GitLabError */
export async function readTextFile(
  client: Client,
  { projectId, branch, path }: FilePlace,
  call: CallOptions,
): Promise<TextReading> {
  try {
    return textOf(await client.files.show(projectId, path, branch, call));
  } catch (error) {
    if (isGitLabError(error, 'not-found')) return { kind: 'missing' };
    throw error;
  }
}

function textOf(file: RepositoryFile): TextReading {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.content);
    return { kind: 'read', value: { file, text } };
  } catch {
    return { kind: 'not-utf8' };
  }
}

export type EditResult =
  | Exclude<CommitResult, { kind: 'conflict' }>
  /** The edit changes nothing, so nothing was sent. */
  | { readonly kind: 'unchanged' }
  /** Someone else changed the file first, and nothing was written. `theirs` is the base of the next try. */
  | { readonly kind: 'conflict'; readonly theirs: TextReading };

export interface FileEdit extends FilePlace {
  /** The version that the person saw. */
  readonly base: TextFile;
  readonly message: string;
  readonly edit: (text: string) => string;
}

/**
 * Edits the version of a file that a person saw: commits the result only if the branch still has that version, and
 * reads it back. Sends the commit once; after a conflict the caller shows the current version and asks again.
 * @throws GitLabError if GitLab refused; nothing was written
 */
export async function editFile(
  client: Client,
  { projectId, branch, path, base, message, edit }: FileEdit,
  calls: { writing: CallOptions; reading: CallOptions },
): Promise<EditResult> {
  const text = edit(base.text);
  if (text === base.text) return { kind: 'unchanged' };
  const files = [{ path, content: new TextEncoder().encode(text), lastCommitId: base.file.lastCommitId }];
  const result = await commitAndReadBack(client, { projectId, commit: { branch, message, files } }, calls);
  if (result.kind !== 'conflict') return result;
  const [now] = result.current;
  return { kind: 'conflict', theirs: now === undefined ? { kind: 'missing' } : textOf(now) };
}
