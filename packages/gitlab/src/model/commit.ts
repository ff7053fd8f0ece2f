import { demandText, objectOf, text, timeMs } from './value.ts';

export interface Commit {
  readonly id: string;
  readonly title: string;
  readonly authorName: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdMs: number | undefined;
}

/** @throws AnswerError without an id. */
export function readCommit(value: unknown): Commit {
  const from = objectOf(value, 'commit');
  return {
    id: demandText(from['id'], 'commit id'),
    title: text(from['title']) ?? '',
    authorName: text(from['author_name']),
    createdMs: timeMs(from['created_at']),
  };
}
