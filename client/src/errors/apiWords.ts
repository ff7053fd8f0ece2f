import type { OimError } from '@omnia-buildstream/oim/oimError';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';

/** What went wrong and what helps, in the user's language, followed by the API's own words. */
export function explainApi(error: OimError): string {
  // What we found out ourselves is already complete.
  if (error.source === 'here' && error.cause === undefined) return plainLine(sentencesOf(error.phrases, say));
  const trace =
    error.correlationId === undefined
      ? ''
      : ` ${vscode.l10n.t('X-Correlation-Id of the request: {0}.', plainLine(error.correlationId))}`;
  return `${sentence(error)} (${plainLine(sentencesOf(error.phrases, say))})${trace}`;
}

function sentence({ reason, code }: OimError): string {
  if (code.startsWith('max_clients_')) {
    return vscode.l10n.t(
      'The BuildStreaM API already has its one client. Enter its ID and secret: the CI variables BSM_CLIENT_ID and BSM_CLIENT_SECRET of the GitLab project.',
    );
  }
  if (code === 'invalid_credentials') {
    return vscode.l10n.t(
      'The BuildStreaM API does not accept this user and password, so no client is registered. Enter those that it was set up with, BSM_API_USERNAME and BSM_API_PASSWORD.',
    );
  }
  switch (reason) {
    case 'not-reachable':
      return vscode.l10n.t(
        'The BuildStreaM API cannot be reached. Check buildstream.api.url, the network, and that the API runs on the management server.',
      );
    case 'tls':
      return vscode.l10n.t(
        'The certificate of the BuildStreaM API is not trusted. "Test Connection to BuildStreaM API" shows it and can pin it; or name its authority in buildstream.trust.',
      );
    case 'signed-out':
      return vscode.l10n.t(
        'The BuildStreaM API does not accept client id and secret. "Sign In to BuildStreaM API" takes others; the same ones are not tried again.',
      );
    case 'forbidden':
      return vscode.l10n.t('The client may not do this at the BuildStreaM API.');
    case 'not-found':
      return vscode.l10n.t('The BuildStreaM API does not know this. "Show Deployment" lists what it has.');
    case 'conflict':
      return vscode.l10n.t(
        'The BuildStreaM API is in a state in which this cannot be done. "Show Deployment" shows which stage runs.',
      );
    case 'precondition':
      return vscode.l10n.t('An earlier stage is missing: the order is deploy, restart, validate.');
    case 'rate-limited':
      return vscode.l10n.t('The BuildStreaM API is limiting requests. Wait a minute.');
    case 'refused':
      return vscode.l10n.t('The BuildStreaM API refused.');
    case 'server':
      return vscode.l10n.t('The BuildStreaM API failed. Check its log on the management server.');
    case 'unexpected-answer':
      return vscode.l10n.t('Unexpected response. Check that buildstream.api.url is the address of a BuildStreaM API.');
  }
}

export function apiWay({ reason }: OimError): { readonly title: string; readonly command: string } | undefined {
  switch (reason) {
    case 'signed-out':
    case 'forbidden':
      return { title: vscode.l10n.t('Sign In'), command: 'buildstream.signInApi' };
    case 'tls':
    case 'not-reachable':
    case 'unexpected-answer':
      return { title: vscode.l10n.t('Test Connection'), command: 'buildstream.testApi' };
    default:
      return undefined;
  }
}
