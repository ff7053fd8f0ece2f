import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import type { Clock } from '../ports/clock.ts';
import type { WorkloadManager, WorkloadNode } from '../ports/workload.ts';
import { withDeadline } from '../time/deadline.ts';
import { workTexts } from './workTexts.ts';

/** A controller of a large cluster answers within seconds. */
const lookMs = 30_000;

/**
 * Asks once about several nodes; if a manager does not respond in time, they are not known. Rejects with the signal's
 * reason only.
 */
export async function lookAtWork(
  manager: WorkloadManager,
  nodes: readonly WorkloadNode[],
  clock: Clock,
  signal: AbortSignal,
): Promise<KnownWork> {
  try {
    return await withDeadline(clock, lookMs, signal, (inner) => manager.workOn(nodes, inner));
  } catch (error) {
    signal.throwIfAborted();
    const why = saidOf(error);
    return new Map(
      nodes.map(({ bmcIp }): [string, NodeWork] => [bmcIp, { kind: 'not-known', reason: 'no-answer', why }]),
    );
  }
}

interface Waiting {
  readonly node: WorkloadNode;
  readonly tell: (work: NodeWork) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Looks at single nodes, with one question to the manager at a time: callers that ask while one is in progress get the
 * answer of the next, which begins after they asked. So a thousand nodes do not mean a thousand questions, and no
 * answer is older than its question.
 */
export class SharedLook {
  readonly #manager: WorkloadManager;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #waiting: Waiting[] = [];
  #isAsking = false;

  /** @param signal ends all of them */
  constructor(manager: WorkloadManager, clock: Clock, signal: AbortSignal) {
    this.#manager = manager;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Rejects with the signal's reason. */
  at(node: WorkloadNode): Promise<NodeWork> {
    return new Promise((tell, fail) => {
      this.#waiting.push({ node, tell, fail });
      if (!this.#isAsking) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        const nodes = asked.map(({ node }) => node);
        const work = await lookAtWork(this.#manager, nodes, this.#clock, this.#signal);
        for (const { node, tell } of asked) tell(work.get(node.bmcIp) ?? notTold);
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    this.#isAsking = false;
  }
}

const notTold: NodeWork = { kind: 'not-known', reason: 'no-answer', why: phrase(workTexts.notTold) };
