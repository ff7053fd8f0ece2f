import { demandText, number, objectOf, text } from './value.ts';

/** A repository file with what a conditional update needs. */
export interface RepositoryFile {
  readonly path: string;
  readonly ref: string;
  readonly content: Uint8Array;
  readonly sizeBytes: number;
  readonly blobId: string;
  /** The newest commit that changed this file. A write names it so that no other change is lost. */
  readonly lastCommitId: string;
}

/**
 * @throws AnswerError without content or `last_commit_id`. Servers before 9.0 do not send the latter; writing without
 * it would be unsafe.
 */
export function readRepositoryFile(value: unknown): RepositoryFile {
  const from = objectOf(value, 'file');
  const content = demandText(from['content'], 'content of a file');
  const bytes =
    text(from['encoding']) === 'base64' ? Buffer.from(content, 'base64') : new TextEncoder().encode(content);
  return {
    path: demandText(from['file_path'], 'path of a file'),
    ref: text(from['ref']) ?? '',
    content: bytes,
    sizeBytes: number(from['size']) ?? bytes.byteLength,
    blobId: text(from['blob_id']) ?? '',
    lastCommitId: demandText(from['last_commit_id'], 'last_commit_id'),
  };
}
