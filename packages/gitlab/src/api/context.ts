import type { Pipelines } from '@gitbeaker/rest';
import { GitLabError } from '../errors/gitlabError.ts';
import { requesterFor, type CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import { AnswerError } from '../model/value.ts';

type ResourceOptions = NonNullable<ConstructorParameters<typeof Pipelines<false>>[0]>;

/**
 * Options of gitbeaker's resources for one call. Neither the token nor the address goes through gitbeaker: the session
 * adds both.
 */
export function resourceOptions(session: Session, call: CallOptions): ResourceOptions {
  return { requesterFn: requesterFor(session, call), host: 'https://unused.invalid', queryTimeout: null };
}

/**
 * Reads a response. If the response to a write is malformed, the error says that the write may have been carried out.
 * @throws GitLabError `unexpected-answer`
 */
export function readAnswer<T>(
  request: { readonly method: 'GET' | 'POST' | 'PUT'; readonly path: string },
  answer: unknown,
  read: (answer: unknown) => T,
): T {
  try {
    return read(answer);
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    const effect = request.method === 'GET' ? 'none' : 'possible';
    throw new GitLabError('unexpected-answer', { ...request, effect, detail: error.message }, { cause: error });
  }
}
