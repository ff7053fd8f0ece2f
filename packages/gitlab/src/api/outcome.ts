import { isGitLabError, type GitLabError } from '../errors/gitlabError.ts';

/** What is known after sending something that must not be sent twice. */
export type Outcome<T> =
  /** GitLab confirmed it. */
  | { readonly kind: 'done'; readonly value: T }
  /** The response was lost, but the state on the server shows that it happened. */
  | { readonly kind: 'found'; readonly value: T; readonly error: GitLabError }
  /** The response was lost, and the server shows no effect (yet). */
  | { readonly kind: 'not-seen'; readonly error: GitLabError }
  /** The response was lost, and the state cannot be read either. */
  | { readonly kind: 'unknown'; readonly error: GitLabError; readonly readError: GitLabError };

/**
 * Sends a write once. If its response is lost, reads the state instead of sending it again.
 * @param look finds the effect on the server; resolves to undefined if none is visible
 * @throws GitLabError if GitLab refused or nothing was sent; in both cases nothing happened
 */
export async function sendOnce<T>(write: () => Promise<T>, look: () => Promise<T | undefined>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await write() };
  } catch (error) {
    if (!isGitLabError(error) || !error.isOutcomeUnknown) throw error;
    try {
      const value = await look();
      return value === undefined ? { kind: 'not-seen', error } : { kind: 'found', value, error };
    } catch (readError) {
      if (!isGitLabError(readError)) throw readError;
      return { kind: 'unknown', error, readError };
    }
  }
}
