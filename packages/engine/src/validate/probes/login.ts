import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { failed, inError, type Finding } from '../check.ts';
import { sshArguments, type SshRunner, type SshSettings } from './ssh.ts';

/** ssh's own exit code when there was no session. */
const noSession = 255;

/** A line of ssh about a key that it could not offer. */
const unreadableKey = /^(?:Load key |no such identity: ).*\S/im;

/** How checks log in. */
export interface Login {
  readonly settings: SshSettings;
  readonly run: SshRunner;
}

export type Printed = { readonly text: string } | { readonly finding: Finding };

/** What a read-only command prints on the node, or why that cannot be had. */
export async function print(
  { settings, run }: Login,
  host: string,
  command: string,
  signal: AbortSignal,
): Promise<Printed> {
  const args = isIpv4(host) ? sshArguments(settings, host, command) : undefined;
  if (args === undefined) {
    const advice = 'Correct ADMIN_IP in the mapping file, and the user that logs in.';
    return { finding: inError(`nobody logs in as "${settings.user}" at "${host}"`, advice) };
  }
  const { code, stdout, stderr, isMissing } = await run(args, signal);
  if (isMissing) return { finding: inError('there is no program ssh', 'Install the OpenSSH client on this machine.') };
  if (code === 0) return { text: stdout };
  const said = lastLine(stderr);
  if (code !== noSession) return { finding: inError(`${command}: ${said}`, 'Log in and try the command by hand.') };
  if (/host key is known/i.test(stderr)) {
    const advice = 'Compare its host key with what the node says of itself, then add it to known_hosts.';
    return { finding: inError(`the host key of ${host} is not known here`, advice) };
  }
  if (/host key verification failed|host identification has changed/i.test(stderr)) {
    const advice = 'After a new boot with a new image the key may rightly differ: compare it, then renew known_hosts.';
    return { finding: inError(`the host key of ${host} is not the known one`, advice) };
  }
  if (/permission denied/i.test(stderr)) {
    const why = unreadableKey.exec(stderr)?.[0] ?? said;
    const advice = 'Check user and key; the key must not ask for a passphrase.';
    return { finding: inError(`${host} refuses ${settings.user}: ${why}`, advice) };
  }
  return { finding: failed(`no session with ${host}: ${said}`, 'Look at the console, and try ssh by hand.', true) };
}

function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1)?.replace(/\.$/, '').slice(0, 300) ?? '';
}
