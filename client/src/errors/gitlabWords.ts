import type { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import * as vscode from 'vscode';

/** What went wrong and what helps, in the user's language, followed by GitLab's own words if there are any. */
export function explain(error: GitLabError): string {
  const { detail } = error.facts;
  const said = detail === undefined ? '' : ` (${detail})`;
  return `${sentence(error)}${said}`;
}

function sentence(error: GitLabError): string {
  const { facts, reason } = error;
  switch (reason) {
    case 'not-reachable':
      return vscode.l10n.t('GitLab cannot be reached. Check the address, the network and the proxy.');
    case 'tls':
      if (/^(EPROTO|ERR_SSL)/.test(facts.detail ?? '')) {
        return vscode.l10n.t("Can't establish an encrypted connection. Check the address and the port.");
      }
      return vscode.l10n.t("GitLab's certificate is not trusted. Test Connection shows it.");
    case 'signed-out':
      return vscode.l10n.t('GitLab does not accept the token. Sign in again.');
    case 'token-expired':
      return vscode.l10n.t('The token has expired. Make a new one in GitLab and sign in again.');
    case 'scope-missing':
      return vscode.l10n.t(
        'The token has no permission for this. It needs the scope {0}, and its user the Developer role or higher.',
        facts.scope ?? 'api',
      );
    case 'not-found':
      return vscode.l10n.t('GitLab reports that this does not exist, or that the token has no access to it.');
    case 'conflict':
      return vscode.l10n.t('It was changed on the server in the meantime. Nothing was changed here.');
    case 'rate-limited':
      return vscode.l10n.t('GitLab is limiting requests. Wait a minute.');
    case 'refused':
      return vscode.l10n.t('GitLab refused.');
    case 'server-failed':
      return vscode.l10n.t(
        'GitLab, or a proxy in front of it, failed. On the GitLab server, "gitlab-ctl status" shows which service is down and "gitlab-ctl restart" restarts them; check its free memory.',
      );
    case 'timed-out':
      return vscode.l10n.t(
        'GitLab did not respond in time. Check the network; on the GitLab server, "gitlab-ctl status" and the free memory.',
      );
    case 'aborted':
      return vscode.l10n.t('The request was canceled.');
    case 'account-blocked':
      return vscode.l10n.t(
        'GitLab blocks this account. Open GitLab in a browser, complete what it asks for, then try again.',
      );
    case 'sign-in-page':
      return vscode.l10n.t(
        'A sign-in page responded instead of GitLab. Use an address that reaches the GitLab API without single sign-on.',
      );
    case 'unexpected-answer':
      return vscode.l10n.t('Unexpected response. Check that the address is a GitLab server.');
  }
}

export function gitlabWay({ reason }: GitLabError): { readonly title: string; readonly command: string } | undefined {
  switch (reason) {
    case 'signed-out':
    case 'token-expired':
    case 'scope-missing':
      return { title: vscode.l10n.t('Sign In'), command: 'buildstream.signIn' };
    case 'tls':
    case 'not-reachable':
    case 'unexpected-answer':
      return { title: vscode.l10n.t('Test Connection'), command: 'buildstream.testConnection' };
    default:
      return undefined;
  }
}
