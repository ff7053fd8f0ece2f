import { phrase, together } from '@omnia-buildstream/core/text/phrase';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { failed, inError, type Finding } from '../check.ts';
import { sshArguments, type SshRunner, type SshSettings } from './ssh.ts';

/** ssh's own exit code if there was no session. */
const noSession = 255;

/** A line of ssh about a key that it could not offer. */
const unreadableKey = /^(?:Load key |no such identity: ).*\S/im;

/** How checks log in. */
export interface Login {
  readonly settings: SshSettings;
  readonly run: SshRunner;
}

export type Printed = { readonly text: string } | { readonly finding: Finding };

/** What a read-only command prints on the node, or why that is not available. */
export async function print(
  { settings, run }: Login,
  host: string,
  command: string,
  signal: AbortSignal,
): Promise<Printed> {
  const args = isIpv4(host) ? sshArguments(settings, host, command) : undefined;
  if (args === undefined) {
    const { user } = settings;
    return { finding: inError(phrase(texts.cannotLogIn, { user, host }), advice.adminIpOrUser) };
  }
  const { code, stdout, stderr, isMissing } = await run(args, signal);
  if (isMissing) return { finding: inError(phrase(texts.noSsh), advice.installSsh) };
  if (code === 0) return { text: stdout };
  const said = lastLine(stderr);
  if (code !== noSession) return { finding: inError(together([command, said], ': '), advice.byHand) };
  if (/host key is known/i.test(stderr)) {
    return { finding: inError(phrase(texts.hostKeyUnknown, { host }), advice.hostKey) };
  }
  if (/host key verification failed|host identification has changed/i.test(stderr)) {
    return { finding: inError(phrase(texts.hostKeyChanged, { host }), advice.newHostKey) };
  }
  if (/permission denied/i.test(stderr)) {
    const why = unreadableKey.exec(stderr)?.[0] ?? said;
    const { user } = settings;
    return { finding: inError(phrase(texts.loginRefused, { host, user, why }), advice.userAndKey) };
  }
  return { finding: failed(phrase(texts.noSession, { host, why: said }), advice.consoleAndSsh, true) };
}

function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1)?.replace(/\.$/, '').slice(0, 300) ?? '';
}
