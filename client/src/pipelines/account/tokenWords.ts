import { judgeToken, type TokenProblem } from '@omnia-buildstream/gitlab/actions/judgeToken';
import type { TokenInfo } from '@omnia-buildstream/gitlab/model/identity';
import * as vscode from 'vscode';
import { dayText } from './certificate.ts';

/** Scopes, expiry, and problems of a token, one line each. */
export function tokenLines(token: TokenInfo, nowMs: number): string[] {
  const scopes = token.scopes.join(', ');
  const expiry =
    token.expiresMs === undefined
      ? vscode.l10n.t('The token does not expire.')
      : vscode.l10n.t('The token expires on {0}.', dayText(token.expiresMs));
  return [vscode.l10n.t('Scopes of the token: {0}.', scopes), expiry, ...problemLines(token, nowMs)];
}

export function problemLines(token: TokenInfo, nowMs: number): string[] {
  return judgeToken(token, nowMs).map(problemText);
}

function problemText(problem: TokenProblem): string {
  switch (problem.kind) {
    case 'inactive':
      return vscode.l10n.t('The token is not active.');
    case 'expired':
      return vscode.l10n.t('The token has expired.');
    case 'expires-soon':
      return vscode.l10n.t('Days until the token expires: {0}.', problem.days);
    case 'cannot-read':
      return vscode.l10n.t('The token lacks the scope api or read_api, so nothing can be shown.');
    case 'cannot-write':
      return vscode.l10n.t(
        "The token lacks the scope api: pipelines are shown, but can't be started, run, or retried.",
      );
  }
}
