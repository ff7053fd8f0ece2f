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

/** A text file as it was read, with what makes a later write conditional. */
export interface TextFile {
  readonly file: RepositoryFile;
  /** With its byte order mark, when it has one. */
  readonly text: string;
}

export type TextReading =
  | { readonly kind: 'read'; readonly value: TextFile }
  | { readonly kind: 'missing' }
  /** An edit would spoil it. */
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
  /** Somebody else was faster and nothing was written. `theirs` is the base of the next try. */
  | { readonly kind: 'conflict'; readonly theirs: TextReading };

export interface FileEdit extends FilePlace {
  /** The version that the person saw. */
  readonly base: TextFile;
  readonly message: string;
  readonly edit: (text: string) => string;
}

/**
 * Edits the version of a file that a person saw: commits it only when the branch still has that version, and reads it
 * back. Sent once; after a conflict the caller shows what is there now and asks again.
 * @throws GitLabError when GitLab said no: then nothing was written
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
