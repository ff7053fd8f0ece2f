import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { clientIdProblem, clientSecretProblem } from '@omnia-buildstream/oim/api/ids';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';
import { window } from '../platform/window.ts';

/** Asks for an ID and its secret. Undefined if the user cancels. */
async function askPair(words: {
  readonly title: string;
  readonly id: string;
  readonly secret: string;
  /** Why an ID or a secret is not valid, checked before it is sent anywhere. */
  readonly idProblem?: (text: string) => Phrase | undefined;
  readonly secretProblem?: (text: string) => Phrase | undefined;
}): Promise<OimCredential | undefined> {
  const options = { title: words.title, ignoreFocusOut: true };
  const id = (await window.showInputBox({ ...options, prompt: words.id, ...checkedBy(words.idProblem) }))?.trim();
  if (id === undefined || id === '') return undefined;
  const secretOptions = { ...options, prompt: words.secret, password: true, ...checkedBy(words.secretProblem) };
  const secret = await window.showInputBox(secretOptions);
  return secret === undefined || secret === '' ? undefined : new OimCredential(id, secret);
}

/** Reports no problem while the input is empty. */
function checkedBy(problemOf: ((text: string) => Phrase | undefined) | undefined): Partial<vscode.InputBoxOptions> {
  if (problemOf === undefined) return {};
  return {
    validateInput: (text) => {
      const problem = text.trim() === '' ? undefined : problemOf(text.trim());
      return problem === undefined ? undefined : wordsOf(problem, say);
    },
  };
}

/** Asks for the client that is already registered. */
export function askClient(): Promise<OimCredential | undefined> {
  return askPair({
    title: vscode.l10n.t('Sign In to BuildStreaM API'),
    idProblem: clientIdProblem,
    secretProblem: clientSecretProblem,
    id: vscode.l10n.t('Client id: the CI variable BSM_CLIENT_ID of the GitLab project'),
    secret: vscode.l10n.t(
      'Client secret: the CI variable BSM_CLIENT_SECRET of the GitLab project. It is kept in the secret storage.',
    ),
  });
}

/** Asks for the API's user, who may register the one client. The answer is not stored. */
export function askAccount(): Promise<OimCredential | undefined> {
  return askPair({
    title: vscode.l10n.t('Register a Client at the BuildStreaM API'),
    id: vscode.l10n.t('User of the API (BSM_API_USERNAME)'),
    secret: vscode.l10n.t('Password of the API (BSM_API_PASSWORD). It is used once and not kept.'),
  });
}
