import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';

export interface ViewFacts {
  readonly isSignedIn: boolean;
  readonly error: unknown;
  /** Undefined without a project. */
  readonly shown: number | undefined;
  /** Number before filtering by type. */
  readonly all: number;
  /** Whether it is filtered by type, branch, or tag. */
  readonly isFiltered: boolean;
}

/** Value for `when` clauses in package.json: why the view is empty, or `shown`. */
export function viewState({ isSignedIn, error, shown, all, isFiltered }: ViewFacts): string {
  if (!isSignedIn) return 'signed-out';
  if (shown !== undefined && shown > 0) return 'shown';
  // There is a token, but the server does not accept it.
  if (isGitLabError(error, 'signed-out')) return 'signed-out-by-server';
  if (error !== undefined) return isGitLabError(error) ? error.reason : 'failed';
  if (shown === undefined) return 'no-project';
  return all > 0 || isFiltered ? 'no-match' : 'no-pipelines';
}
