import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { Slots } from '../concurrency/slots.ts';
import type { Clock } from '../ports/clock.ts';
import type { DrainEnd, WorkloadManager, WorkloadNode } from '../ports/workload.ts';
import { withDeadline } from '../time/deadline.ts';
import { workTexts as texts } from './workTexts.ts';

/** Called right before an order to drain is sent, and when a node was given back. */
export interface DrainEvents {
  readonly drained: (node: WorkloadNode) => void;
  readonly resumed: (node: WorkloadNode) => void;
}

interface DrainWorld {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly reason: string;
  readonly events: DrainEvents;
}

/** For one order, including the look before it. */
const orderMs = 60_000;
/** Orders at a time: each is a login at the controller. */
const atATime = 4;

/** Drains nodes and gives them back, and knows which of them are drained because of this run. */
export class Drains {
  readonly #manager: WorkloadManager;
  readonly #world: DrainWorld;
  readonly #slots = new Slots(atATime);
  /** By BMC_IP. A drain that was sent without a response has an unknown outcome: it counts. */
  readonly #out = new Map<string, string>();

  constructor(manager: WorkloadManager, world: DrainWorld) {
    this.#manager = manager;
    this.#world = world;
  }

  get left(): readonly string[] {
    return [...this.#out.values()];
  }

  async drain({ bmcIp, hostname }: WorkloadNode): Promise<DrainEnd> {
    const node = { bmcIp, hostname };
    const { reason, events } = this.#world;
    const before = (): void => {
      this.#out.set(bmcIp, hostname);
      events.drained(node);
    };
    return this.#order((signal) => this.#manager.drain(node, reason, before, signal));
  }

  /** Why it stays drained; undefined: it does not, or was not drained by this run. */
  async resume({ bmcIp, hostname }: WorkloadNode): Promise<Said | undefined> {
    if (!this.#out.has(bmcIp)) return undefined;
    const node = { bmcIp, hostname };
    const end = await this.#order((signal) => this.#manager.resume(node, signal));
    if (end.kind === 'not-done') return end.why;
    this.#out.delete(bmcIp);
    if (end.kind === 'by-others') return phrase(texts.drainedByOthers, { reason: end.reason });
    this.#world.events.resumed(node);
    return undefined;
  }

  async #order(work: (signal: AbortSignal) => Promise<DrainEnd>): Promise<DrainEnd> {
    const { clock, signal } = this.#world;
    const slot = await this.#slots.acquire('new', signal);
    try {
      return await withDeadline(clock, orderMs, signal, work);
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'not-done', why: saidOf(error) };
    } finally {
      slot.release();
    }
  }
}
