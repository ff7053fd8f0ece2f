import { jobsText } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { WorkSettings } from '@omnia-buildstream/core/plan/jobs/workSettings';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '../ports/clock.ts';
import type { WorkloadManager, WorkloadNode } from '../ports/workload.ts';
import { Drains, type DrainEvents } from '../workload/drains.ts';
import { SharedLook } from '../workload/sharedLook.ts';
import { workTexts as texts } from '../workload/workTexts.ts';
import { NodeLeft } from './nodeFailure.ts';

/** Whose jobs a run must not kill. */
export interface WorkOfRun {
  readonly manager: WorkloadManager;
  /** What was shown before the confirmation. */
  readonly known: KnownWork;
  /** BMC_IPs of nodes that are restarted whatever is running on them, because somebody has agreed to that. */
  readonly agreed: ReadonlySet<string>;
  readonly settings: WorkSettings;
}

export interface GuardWorld {
  readonly clock: Clock;
  /** Ends everything at once. */
  readonly signal: AbortSignal;
  /** No further node is begun: the run stops waiting for jobs. */
  readonly stop: AbortSignal;
  readonly pauseMs: number;
  /** Why nodes are drained, for people who look at them. */
  readonly reason: string;
  readonly events: DrainEvents;
  /** Says something of a node. */
  readonly tell: (node: WorkloadNode, said: Said) => void;
}

/** How often a manager that does not respond is asked; a controller may be restarting. */
const tries = 3;
/** Between looks at jobs that are waited for: each is one question for all nodes. */
const waitPollMs = 20_000;

/**
 * Keeps a run from killing somebody's jobs: drains nodes and waits for jobs if that was asked for, and checks right
 * before a reset.
 */
export class WorkGuard {
  readonly #work: WorkOfRun;
  readonly #world: GuardWorld;
  readonly #look: SharedLook;
  readonly #drains: Drains;

  constructor(work: WorkOfRun, world: GuardWorld) {
    const { clock, signal, reason, events } = world;
    this.#work = work;
    this.#world = world;
    this.#look = new SharedLook(work.manager, clock, signal);
    this.#drains = new Drains(work.manager, { clock, signal, reason, events });
  }

  /** Hostnames of nodes that this run has drained and not given back. */
  get drained(): readonly string[] {
    return this.#drains.left;
  }

  /** Whether there is something to do before a node is begun, which may take hours. */
  get waits(): boolean {
    return this.#work.settings.drain;
  }

  /** Before anything is done to the node: drains it and waits for its jobs, if that was asked for. @throws NodeLeft */
  async prepare(node: WorkloadNode, say: (said: Said) => void): Promise<void> {
    const { drain, waitMs } = this.#work.settings;
    if (!drain) return;
    say(phrase(texts.draining));
    const end = await this.#drains.drain(node);
    if (end.kind === 'not-done') throw new NodeLeft('busy', phrase(texts.notDrained, { why: end.why }));
    if (waitMs !== undefined) await this.#waitFor(node, waitMs, say);
  }

  /**
   * Resolves when the node may be reset: nothing is running on it, somebody has agreed to kill what is, or it was not
   * known before either and they agreed to that. @throws NodeLeft
   */
  async mayReset({ bmcIp, hostname }: WorkloadNode): Promise<void> {
    if (this.#work.agreed.has(bmcIp)) return;
    const now = await this.#workOn({ bmcIp, hostname });
    if (now.kind === 'busy') throw new NodeLeft('busy', phrase(texts.busy, { jobs: jobsText(now.jobs) }));
    if (now.kind === 'free') return;
    const before = this.#work.known.get(bmcIp)?.kind ?? 'not-known';
    if (before !== 'not-known') throw new NodeLeft('busy', phrase(texts.notKnownAnyMore, { why: now.why }));
  }

  /**
   * After a node has reported, or was left as it was: gives it back if that was asked for. One that failed stays
   * drained, because it is unknown whether it can work.
   */
  async giveBack(node: WorkloadNode): Promise<void> {
    const why = this.#work.settings.resume ? await this.#drains.resume(node) : undefined;
    if (why !== undefined) this.#world.tell(node, phrase(texts.notResumed, { why }));
  }

  /** Until nothing is known to be running on it. @throws NodeLeft when the time is over, or the run stops */
  async #waitFor(node: WorkloadNode, waitMs: number, say: (said: Said) => void): Promise<void> {
    const { clock, signal, stop } = this.#world;
    const endMs = clock.monotonic() + waitMs;
    for (;;) {
      const now = await this.#workOn(node);
      if (now.kind !== 'busy') return;
      const jobs = jobsText(now.jobs);
      const leftMs = endMs - clock.monotonic();
      if (leftMs <= 0) {
        throw new NodeLeft('busy', phrase(texts.late, { minutes: Math.round(waitMs / 60_000), jobs }));
      }
      say(phrase(texts.waiting, { jobs }));
      await clock.sleep(Math.min(waitPollMs, leftMs), AbortSignal.any([signal, stop])).catch(() => undefined);
      signal.throwIfAborted();
      if (stop.aborted) throw new NodeLeft('busy', phrase(texts.stopped));
    }
  }

  async #workOn(node: WorkloadNode): Promise<NodeWork> {
    for (let n = 1; ; n++) {
      const work = await this.#look.at(node);
      const isSilent = work.kind === 'not-known' && work.reason === 'no-answer';
      if (!isSilent || n >= tries) return work;
      await this.#world.clock.sleep(this.#world.pauseMs, this.#world.signal);
    }
  }
}
