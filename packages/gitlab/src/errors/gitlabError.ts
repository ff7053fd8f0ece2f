import { statement } from '@omnia-buildstream/core/text/foreignText';

/**
 * Why a request to GitLab failed. Source of the cases: GitLab's REST documentation, and its responses as recorded in
 * the project's lab.
 */
export type GitLabErrorReason =
  /** No connection: name not found, refused, closed, proxy failed. */
  | 'not-reachable'
  /** The certificate is not trusted, or is not the pinned one. */
  | 'tls'
  /** There is no token, or the server does not know it (anymore). */
  | 'signed-out'
  | 'token-expired'
  /** The token is valid but lacks a scope or a permission, see `scope`. */
  | 'scope-missing'
  /** It does not exist, or this user may not see it: GitLab does not say which. */
  | 'not-found'
  /** Someone else changed the file in the meantime. */
  | 'conflict'
  | 'rate-limited'
  /** GitLab understood the request and refused it; `detail` has its words. */
  | 'refused'
  /** 5xx, from the server or from a proxy in front of it. */
  | 'server-failed'
  | 'timed-out'
  /** The caller aborted the request. */
  | 'aborted'
  /** The user has to do something on the web page first, such as set a new password or accept the terms of use. */
  | 'account-blocked'
  /** A sign-in page (SSO, a proxy) instead of a response. */
  | 'sign-in-page'
  /** The response is not what the documentation promises. */
  | 'unexpected-answer';

/** Whether a request that failed may nevertheless have changed something on the server. */
export type Effect = 'none' | 'possible';

export interface GitLabErrorFacts {
  /** `GET`, `POST` …, with the path but never with query or headers, for example `/projects/1/jobs/7/play`. */
  readonly method: string;
  readonly path: string;
  readonly effect: Effect;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The server's own words, or the system's code such as ECONNREFUSED. */
  readonly detail?: string | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The scope that is missing, such as `api`. */
  readonly scope?: string | undefined;
  /** Where the project has moved to (Location of a 301). */
  readonly location?: string | undefined;
}

const sentences: Readonly<Record<GitLabErrorReason, string>> = {
  'not-reachable': 'GitLab cannot be reached',
  tls: "GitLab's certificate is not trusted",
  'signed-out': 'GitLab does not accept the token',
  'token-expired': 'the GitLab token has expired',
  'scope-missing': 'the GitLab token may not do this',
  'not-found': 'GitLab says that this does not exist, or that the token may not see it',
  conflict: 'the file was changed in the meantime',
  'rate-limited': 'GitLab is limiting requests',
  refused: 'GitLab refused',
  'server-failed': 'GitLab, or a proxy in front of it, failed',
  'timed-out': 'GitLab did not respond in time',
  aborted: 'the request was canceled',
  'account-blocked': 'GitLab does not let this account in until something is done on its web page',
  'sign-in-page': 'a sign-in page responded instead of GitLab',
  'unexpected-answer': 'unexpected response from GitLab',
};

/** A request to GitLab that failed. The message never contains a token, a header or a query. */
export class GitLabError extends Error {
  readonly reason: GitLabErrorReason;
  readonly facts: GitLabErrorFacts;

  constructor(reason: GitLabErrorReason, given: GitLabErrorFacts, options?: ErrorOptions) {
    const facts = cleaned(given);
    const { method, path, status, detail } = facts;
    const where = `${method} ${path}${status === undefined ? '' : `, ${String(status)}`}`;
    super(`${sentences[reason]}${detail === undefined ? '' : `: ${detail}`} (${where})`, options);
    this.name = 'GitLabError';
    this.reason = reason;
    this.facts = facts;
  }

  /** True if the request was a write that may have been carried out: read the state, never repeat the request. */
  get isOutcomeUnknown(): boolean {
    return this.facts.effect === 'possible';
  }
}

/** Removes secrets from the server's texts and shortens them. */
function cleaned(facts: GitLabErrorFacts): GitLabErrorFacts {
  const { detail, location } = facts;
  return {
    ...facts,
    ...(detail === undefined ? {} : { detail: statement(detail) }),
    ...(location === undefined ? {} : { location: statement(location) }),
  };
}

/** Whether this is a GitLabError, with one of the reasons if any are given. */
export function isGitLabError(error: unknown, ...reasons: readonly GitLabErrorReason[]): error is GitLabError {
  return error instanceof GitLabError && (reasons.length === 0 || reasons.includes(error.reason));
}
