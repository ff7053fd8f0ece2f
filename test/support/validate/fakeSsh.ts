import type { SshAnswer, SshRunner } from '@omnia-buildstream/engine/validate/probes/ssh';

const aheadMs = 600_000;

/**
 * Replaces `ssh`. Checks that it is called correctly, and answers by address: .2 runs an old image and its clock is ten
 * minutes ahead; .3 refuses the login; .4 never answers.
 */
export class FakeSsh {
  /** The arguments of every call. */
  readonly calls: (readonly string[])[] = [];
  readonly #onAnswered: (count: number) => void;
  #answered = 0;

  /** @param onAnswered called after each answer with the number of answers so far */
  constructor(onAnswered: (count: number) => void = () => undefined) {
    this.#onAnswered = onAnswered;
  }

  readonly run: SshRunner = async (args, signal) => {
    this.calls.push(args);
    const [separator, host = '', command = ''] = args.slice(-3);
    if (host.endsWith('.4')) return never(signal);
    const answer =
      separator === '--' && args.includes('BatchMode=yes')
        ? answerOf(host, command)
        : refusal('called in another way than agreed');
    this.#answered++;
    // Runs after the caller has received the answer.
    setImmediate(this.#onAnswered, this.#answered);
    return answer;
  };
}

function answerOf(host: string, command: string): SshAnswer {
  const isOther = host.endsWith('.2');
  if (host.endsWith('.3')) return refusal(`root@${host}: Permission denied (publickey).`);
  if (command.startsWith('date')) return said(`${((Date.now() + (isOther ? aheadMs : 0)) / 1000).toFixed(9)}\n`);
  if (command === 'cat /proc/cmdline') {
    return said(`root=live:http://10.0.0.1/boot-images/${isOther ? 'old' : 'demo'}.squashfs ip=dhcp\n`);
  }
  return refusal(`no such command: ${command}`);
}

function said(stdout: string): SshAnswer {
  return { code: 0, stdout, stderr: '', isMissing: false };
}

function refusal(text: string): SshAnswer {
  return { code: 255, stdout: '', stderr: `${text}\n`, isMissing: false };
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
