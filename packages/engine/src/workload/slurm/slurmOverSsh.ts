import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { DrainEnd, WorkloadManager, WorkloadNode } from '../../ports/workload.ts';
import { sshArguments, type SshPlace, type SshRunner } from '../../validate/probes/ssh.ts';
import { workFrom, type SlurmAnswer } from './slurmAnswer.ts';
import { findNode } from '../findNode.ts';
import { lastLine } from '../lastLine.ts';
import type { SlurmNode } from './slurmNodes.ts';
import { drainOf, slurmOrders } from './slurmOrders.ts';
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

interface Failed {
  readonly why: Said;
}

/**
 * Asks a Slurm controller, or any host with Slurm's commands, over the user's own ssh with keys of the agent or of its
 * configuration.
 */
export class SlurmOverSsh implements WorkloadManager {
  readonly #settings: SlurmSshSettings;

  constructor(settings: SlurmSshSettings) {
    this.#settings = settings;
  }

  async workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork> {
    const answer = await this.#list(signal);
    const work = 'why' in answer ? (): NodeWork => noAnswer(answer.why) : workFrom(answer);
    return new Map(nodes.map(({ bmcIp, hostname }) => [bmcIp, work(hostname)]));
  }

  async drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    const by = drainOf(found);
    if (by === 'others') return { kind: 'by-others', reason: found.reason };
    before();
    return by === 'ours' ? { kind: 'done' } : this.#order(slurmOrders.drain(found, reason), signal);
  }

  async resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    const by = drainOf(found);
    if (by === 'others') return { kind: 'by-others', reason: found.reason };
    return by === 'no' ? { kind: 'done' } : this.#order(slurmOrders.resume(found), signal);
  }

  /** The one node of Slurm that is meant. */
  async #find({ hostname }: WorkloadNode, signal: AbortSignal): Promise<SlurmNode | DrainEnd> {
    const answer = await this.#list(signal);
    if ('why' in answer) return { kind: 'not-done', why: answer.why };
    const [found, ...others] = findNode(answer.nodes)(hostname);
    if (others.length > 0) return { kind: 'not-done', why: phrase(texts.severalNodes) };
    return found ?? { kind: 'not-listed' };
  }

  async #order(command: string, signal: AbortSignal): Promise<DrainEnd> {
    const printed = await this.#print(command, signal);
    return 'why' in printed ? { kind: 'not-done', why: printed.why } : { kind: 'done' };
  }

  async #list(signal: AbortSignal): Promise<SlurmAnswer | Failed> {
    const printed = await this.#print(slurmListCommand, signal);
    if ('why' in printed) return printed;
    try {
      return readSlurmText(printed.text);
    } catch (error) {
      if (!(error instanceof UnreadableLine)) throw error;
      return { why: phrase(texts.unreadable, { host: this.#settings.host, what: error.said }) };
    }
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

function noAnswer(why: Said): NodeWork {
  return { kind: 'not-known', reason: 'no-answer', why };
}
