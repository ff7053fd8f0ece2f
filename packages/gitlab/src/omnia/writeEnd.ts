import { isGitLabError } from '../errors/gitlabError.ts';

/** The outcome of a write in a few words, for the code that records it. */
export interface WriteEnd {
  /** `unknown`: GitLab may have carried it out. */
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  /** Why it was not carried out, or only in part. Empty if it was. */
  readonly stopped: string;
  /** The result, such as `pipeline #12`. Empty if there is none or it is unknown. */
  readonly summary: string;
}

/** The end of one write. */
type SentOnce =
  | { readonly kind: 'done' | 'found'; readonly value: unknown }
  | { readonly kind: 'not-seen' | 'unknown' }
  | { readonly kind: 'unchanged' | 'none' | 'conflict' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The end of any write, or of marks and the retry after them. */
export type Sent = SentOnce | { readonly kind: 'sent'; readonly commit: SentOnce; readonly retry: SentOnce };

export function writeEnd(end: Sent): WriteEnd {
  switch (end.kind) {
    case 'done':
    case 'found':
      return { outcome: 'succeeded', stopped: '', summary: nameOf(end.value) };
    case 'unchanged':
    case 'none':
      return { outcome: 'succeeded', stopped: '', summary: '' };
    case 'not-seen':
    case 'unknown':
      return { outcome: 'unknown', stopped: 'no-response', summary: '' };
    case 'conflict':
      return { outcome: 'failed', stopped: 'conflict', summary: '' };
    case 'refused':
      return { outcome: 'failed', stopped: end.reason, summary: '' };
    case 'failed':
      return thrownEnd(end.error);
    case 'sent':
      return bothEnds(writeEnd(end.commit), writeEnd(end.retry));
  }
}

/** The end of a write that threw. */
export function thrownEnd(error: unknown): WriteEnd {
  const outcome = isGitLabError(error) && error.isOutcomeUnknown ? 'unknown' : 'failed';
  return { outcome, stopped: error instanceof Error ? error.message : String(error), summary: '' };
}

/** The marks were written first; the first part that did not go as intended counts for the whole. */
function bothEnds(commit: WriteEnd, retry: WriteEnd): WriteEnd {
  const { outcome, stopped } = commit.outcome === 'succeeded' ? retry : commit;
  return { outcome, stopped, summary: [commit.summary, retry.summary].filter((text) => text !== '').join(', ') };
}

/** What GitLab calls a pipeline, job, bridge or commit. */
function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if ('commit' in value) return `commit ${idOf(value.commit).slice(0, 8)}`;
  const id = idOf(value);
  return 'name' in value && typeof value.name === 'string' ? `${value.name} #${id}` : `pipeline #${id}`;
}

function idOf(value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
}
