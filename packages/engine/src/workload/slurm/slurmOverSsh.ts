import { phrase } from '@omnia-buildstream/core/text/phrase';
import { sshArguments, type SshPlace, type SshRunner } from '../../validate/probes/ssh.ts';
import { lastLine } from '../lastLine.ts';
import type { SlurmAnswer } from './slurmAnswer.ts';
import type { Failed, SlurmWay } from './slurmManager.ts';
import type { SlurmNode } from './slurmNodes.ts';
import { slurmOrders } from './slurmOrders.ts';
import { readSlurmText, slurmListCommand, UnreadableLine } from './slurmText.ts';
import { slurmTexts as texts } from './slurmTexts.ts';

export interface SlurmSshSettings {
  readonly host: string;
  /** Undefined: as ssh's own configuration says. */
  readonly user: string | undefined;
  readonly port: number | undefined;
  readonly run: SshRunner;
}

const connectTimeoutMs = 10_000;

/**
 * Asks a Slurm controller, or any host with Slurm's commands, over the user's own ssh with keys of the agent or of its
 * configuration.
 */
export class SlurmOverSsh implements SlurmWay {
  readonly #settings: SlurmSshSettings;

  constructor(settings: SlurmSshSettings) {
    this.#settings = settings;
  }

  async list(signal: AbortSignal): Promise<SlurmAnswer | Failed> {
    const printed = await this.#print(slurmListCommand, signal);
    if ('why' in printed) return printed;
    try {
      return readSlurmText(printed.text);
    } catch (error) {
      if (!(error instanceof UnreadableLine)) throw error;
      return { why: phrase(texts.unreadable, { host: this.#settings.host, what: error.said }) };
    }
  }

  drain(node: SlurmNode, reason: string, signal: AbortSignal): Promise<Failed | undefined> {
    return this.#order(slurmOrders.drain(node, reason), signal);
  }

  resume(node: SlurmNode, signal: AbortSignal): Promise<Failed | undefined> {
    return this.#order(slurmOrders.resume(node), signal);
  }

  async #order(command: string, signal: AbortSignal): Promise<Failed | undefined> {
    const printed = await this.#print(command, signal);
    return 'why' in printed ? printed : undefined;
  }

  async #print(command: string, signal: AbortSignal): Promise<{ readonly text: string } | Failed> {
    const { host, user, port, run } = this.#settings;
    const place: SshPlace = { user, port, key: undefined, hostKeys: 'yes', knownHosts: undefined, connectTimeoutMs };
    const args = sshArguments(place, host, command);
    if (args === undefined) return { why: phrase(texts.noLogin, { host }) };
    const { code, stdout, stderr, isMissing, isCut = false } = await run(args, signal);
    if (isMissing) return { why: phrase(texts.noSsh) };
    if (code !== 0) return { why: phrase(texts.noAnswer, { host, why: lastLine(stderr) }) };
    return isCut ? { why: phrase(texts.unreadable, { host, what: phrase(texts.tooLong) }) } : { text: stdout };
  }
}
