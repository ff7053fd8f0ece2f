import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { viewState } from '@omnia-buildstream/client/pipelines/view/viewState';
import { GitLabError, type GitLabErrorReason } from '@omnia-buildstream/gitlab/errors/gitlabError';

interface Manifest {
  readonly contributes: { readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[] };
}

const manifestFile = path.resolve(import.meta.dirname, '../../package.json');
const { contributes } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;

/** A reason that is missing here does not compile. */
const reasons: Readonly<Record<GitLabErrorReason, true>> = {
  'not-reachable': true,
  tls: true,
  'signed-out': true,
  'token-expired': true,
  'scope-missing': true,
  'not-found': true,
  conflict: true,
  'rate-limited': true,
  refused: true,
  'server-failed': true,
  'timed-out': true,
  aborted: true,
  'account-blocked': true,
  'sign-in-page': true,
  'unexpected-answer': true,
};

test('every cause of an empty view Pipelines has exactly one welcome', () => {
  const facts = { isSignedIn: true, error: undefined, shown: undefined, all: 0, isFiltered: false };
  const states = [
    viewState({ ...facts, isSignedIn: false }),
    viewState(facts),
    viewState({ ...facts, shown: 0 }),
    viewState({ ...facts, shown: 0, isFiltered: true }),
    viewState({ ...facts, error: new Error('?') }),
    ...(Object.keys(reasons) as GitLabErrorReason[]).map((reason) =>
      viewState({ ...facts, error: new GitLabError(reason, { method: 'GET', path: '/', effect: 'none' }) }),
    ),
  ];
  for (const state of states) assert.equal(welcomesFor(state), 1, state);
});

function welcomesFor(state: string): number {
  return contributes.viewsWelcome.filter(({ view, when }) => {
    const [, word, pattern] = /gitlabState (?:== ([\w-]+)|=~ \/(.+)\/)/.exec(when) ?? [];
    if (view !== 'buildstream.pipelines') return false;
    return word === state || (pattern !== undefined && new RegExp(pattern).test(state));
  }).length;
}
