import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { DrainEnd, WorkloadManager, WorkloadNode } from '../../ports/workload.ts';
import { findNode } from '../findNode.ts';
import { workFrom, type SlurmAnswer } from './slurmAnswer.ts';
import type { SlurmNode } from './slurmNodes.ts';
import { drainOf } from './slurmOrders.ts';
import { slurmTexts as texts } from './slurmTexts.ts';

/** Why Slurm could not be asked, or its response is of no use. */
export interface Failed {
  readonly why: Said;
}

/** One way to ask Slurm: its commands over ssh, or slurmrestd. Rejects with the signal's reason only. */
export interface SlurmWay {
  /** Lists all nodes and all jobs; only reads. */
  list(signal: AbortSignal): Promise<SlurmAnswer | Failed>;
  /** Undefined: it was accepted. @param reason of letters, digits, blanks and `:,-` only */
  drain(node: SlurmNode, reason: string, signal: AbortSignal): Promise<Failed | undefined>;
  resume(node: SlurmNode, signal: AbortSignal): Promise<Failed | undefined>;
}

/** Slurm as a workload manager, whichever way it is asked. */
export class SlurmManager implements WorkloadManager {
  readonly #way: SlurmWay;

  constructor(way: SlurmWay) {
    this.#way = way;
  }

  async workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork> {
    const answer = await this.#way.list(signal);
    const work = 'why' in answer ? (): NodeWork => noAnswer(answer.why) : workFrom(answer);
    return new Map(nodes.map(({ bmcIp, hostname }) => [bmcIp, work(hostname)]));
  }

  async drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    const by = drainOf(found);
    if (by === 'others') return { kind: 'by-others', reason: found.reason };
    before();
    return by === 'ours' ? { kind: 'done' } : endOf(await this.#way.drain(found, reason, signal));
  }

  async resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd> {
    const found = await this.#find(node, signal);
    if ('kind' in found) return found;
    const by = drainOf(found);
    if (by === 'others') return { kind: 'by-others', reason: found.reason };
    return by === 'no' ? { kind: 'done' } : endOf(await this.#way.resume(found, signal));
  }

  /** The one node of Slurm that is meant. */
  async #find({ hostname }: WorkloadNode, signal: AbortSignal): Promise<SlurmNode | DrainEnd> {
    const answer = await this.#way.list(signal);
    if ('why' in answer) return { kind: 'not-done', why: answer.why };
    const [found, ...others] = findNode(answer.nodes)(hostname);
    if (others.length > 0) return { kind: 'not-done', why: phrase(texts.severalNodes) };
    return found ?? { kind: 'not-listed' };
  }
}

function endOf(failed: Failed | undefined): DrainEnd {
  return failed === undefined ? { kind: 'done' } : { kind: 'not-done', why: failed.why };
}

function noAnswer(why: Said): NodeWork {
  return { kind: 'not-known', reason: 'no-answer', why };
}
