import type { PowerSaid } from '@omnia-buildstream/core/nodes/seenNodes';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';

/** The power state that a BMC reported, or why it is unknown, in the user's language. */
export function powerWords(said: PowerSaid): string {
  return said.error === undefined ? powerWord(said.power) : errorWord(said);
}

/** The power state with the time of the reading, which may be from another window or from yesterday. */
export function powerWordsAt(said: PowerSaid & { readonly at: number }): string {
  const time = new Date(said.at).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
  return `${powerWords(said)} (${time})`;
}

function powerWord(power: string): string {
  const words: Readonly<Record<string, string>> = {
    On: vscode.l10n.t('on'),
    Off: vscode.l10n.t('off'),
    PoweringOn: vscode.l10n.t('powering on'),
    PoweringOff: vscode.l10n.t('powering off'),
  };
  return words[power] ?? vscode.l10n.t('unknown');
}

function errorWord({ error, said }: Extract<PowerSaid, { readonly error: string }>): string {
  switch (error) {
    case 'unauthorized':
      return vscode.l10n.t('the BMC refused user or password; no further login is tried until you set others');
    case 'login-withheld':
    case 'credentials-refused':
      return vscode.l10n.t('no login: user or password were refused before');
    case 'tls':
      return vscode.l10n.t('its certificate is not trusted');
    case 'unreachable':
      return vscode.l10n.t('the BMC cannot be reached');
    default:
      return plainLine(wordsOf(said, say));
  }
}
