import { certificateLines } from '@omnia-buildstream/core/text/certificateLines';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { inspectServer } from '@omnia-buildstream/gitlab/http/inspect';
import { proxyFor } from '@omnia-buildstream/gitlab/http/proxy';
import type { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { Io } from '../io.ts';
import type { Target } from './connection.ts';

const inspectTimeoutMs = 10_000;
/** Documented for a GitLab that answers 502 or is slow (omnia.md section 8.1). */
const serverHelp =
  'On the GitLab server, "gitlab-ctl status" shows which service is down and "gitlab-ctl restart" restarts them; check its free memory.';

/** What to do about a failed request, after the error's own sentence. */
export async function explain(error: GitLabError, target: Target, io: Io): Promise<string> {
  switch (error.reason) {
    case 'tls':
      return describeCertificate(target, io);
    case 'signed-out':
      return 'Check BUILDSTREAM_GITLAB_TOKEN: the server does not know this token.';
    case 'token-expired':
      return 'Make a new token in GitLab under Preferences > Access tokens.';
    case 'scope-missing':
      return `The token needs the scope ${error.facts.scope ?? 'api'}, and its user the role Developer or more.`;
    case 'not-found':
      return (
        'Check --project and the number. A reverse proxy that decodes %2F also makes everything "not found": ' +
        'then give the number of the project to --project.'
      );
    case 'timed-out':
      return `Check the address, the network and the proxy (--proxy, HTTPS_PROXY, NO_PROXY). ${serverHelp}`;
    case 'not-reachable':
      return 'Check the address, the network and the proxy (--proxy, HTTPS_PROXY, NO_PROXY).';
    case 'rate-limited':
      return 'Nothing was done. Wait, then try again.';
    case 'account-blocked':
      return 'Open GitLab in a browser, do what it asks (a new password, the terms of use), and run it again.';
    case 'sign-in-page':
      return 'Use an address that reaches the GitLab API without single sign-on, and check the path below which GitLab lives.';
    case 'server-failed':
      return [outcomeHelp(error), serverHelp].filter((text) => text !== '').join(' ');
    case 'conflict':
    case 'refused':
    case 'aborted':
    case 'unexpected-answer':
      return outcomeHelp(error);
  }
}

function outcomeHelp(error: GitLabError): string {
  return error.isOutcomeUnknown ? 'It may have been carried out: check the server before you retry.' : '';
}

/** The chain, so that a person can compare it with the server's and decide. */
async function describeCertificate({ server, trust, proxy }: Target, io: Io): Promise<string> {
  try {
    const via = proxyFor(server, { proxy, env: io.env });
    const { chain } = await inspectServer(server, { trust, proxy: via, timeoutMs: inspectTimeoutMs });
    const lines = chain.flatMap(({ validFromMs, validToMs, ...rest }) =>
      certificateLines({ ...rest, validFrom: day(validFromMs), validTo: day(validToMs) }, renderMessage),
    );
    return (
      `The server shows:\n${lines.join('\n')}\n` +
      "Name the authority with --ca, or compare the first fingerprint with the server's and give it to --pin."
    );
  } catch {
    return 'Name the authority with --ca, or the fingerprint of the certificate with --pin.';
  }
}

function day(ms: number): string {
  return Number.isNaN(ms) ? '?' : new Date(ms).toISOString().slice(0, 10);
}
