import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { isOfBoot, type FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { NodeWatch } from '../ports/reports.ts';
import { Slots, type Slot } from '../concurrency/slots.ts';
import { canaryWave } from './canary.ts';
import { canaryOf, groupOf, inOrder, isAlone, isControl, type FinishedBefore, type NodeOfRun } from './canaryOfRun.ts';
import type { StageContext } from './context.ts';
import { watchOfBegun } from './nodeWatch.ts';
import { stopTexts } from './stepTexts.ts';
import { canaryFailed, controlFailed, type Stop } from './stoppedBefore.ts';

/** How a node ended; `left`: not at all, the run stops. */
export type NodeEnd = 'reported' | 'left' | FailureKind;

export interface StartsInput {
  readonly context: StageContext;
  readonly nodes: readonly NodeOfRun[];
  readonly finishedBefore: FinishedBefore;
  /** Why none but the nodes in the middle of an interrupted run are begun. */
  readonly stoppedBefore: Stop | undefined;
  /** Aborts: no further node is begun. */
  readonly stop: AbortSignal;
  readonly run: (node: NodeOfRun, slot: Slot, watch: NodeWatch | undefined) => Promise<NodeEnd>;
  readonly notBegun: (node: NodeOfRun) => void;
  readonly stopRun: (stop: Stop) => void;
}

/** How often nodes of the canary whose BMC cannot be used are replaced by the next of their group. */
const canaryTurns = 3;

/**
 * Begins the nodes of a run in their order: those in the middle of an interrupted run first, because some of them may
 * be booting; then the canary; the others when the whole canary has reported. Control nodes and protected nodes follow
 * one after another, once those of the interrupted run have ended; if one does not boot, or did not in the interrupted
 * run, no further node is begun. Resolves when every node has ended or is left.
 */
export async function startNodes(input: StartsInput): Promise<void> {
  await new NodeStarts(input).all();
}

class NodeStarts {
  readonly #input: StartsInput;
  readonly #inFlight: Slots;
  readonly #watches: ReadonlyMap<NodeOfRun, NodeWatch>;
  #left: readonly NodeOfRun[];

  constructor(input: StartsInput) {
    const { context, nodes } = input;
    this.#input = input;
    this.#inFlight = new Slots(context.settings.rollout.inFlight ?? Infinity);
    this.#left = inOrder(nodes);
    // A node reports only for a while, perhaps before its turn comes.
    this.#watches = new Map(
      this.#left.flatMap((node) =>
        node.progress === undefined ? [] : [[node, watchOfBegun(context, node.planned.target, node.progress)] as const],
      ),
    );
  }

  async all(): Promise<void> {
    const resumed = await this.#begin(this.#left.filter(({ progress }) => progress !== undefined));
    // Not before: those may be booting, and the run has no end until they have been checked.
    if (this.#input.stoppedBefore !== undefined) this.#input.stopRun(this.#input.stoppedBefore);
    await this.#canary(resumed);
    const { settings } = this.#input.context;
    const alone = new Set(this.#left.filter((node) => isAlone(node, settings)));
    const rest = this.#left.filter((node) => !alone.has(node));
    const oneByOne = this.#oneByOne(resumed, [...alone]);
    const begun = await this.#begin(rest);
    await Promise.all([oneByOne, ...[...resumed, ...begun].map(({ ended }) => ended)]);
  }

  /** Each once the one before has reported, so that nodes of one kind that need each other are not down together. */
  async #oneByOne(resumed: readonly Begun[], nodes: readonly NodeOfRun[]): Promise<void> {
    const { settings } = this.#input.context;
    for (const { node, ended } of resumed) if (isControl(node.planned.target, settings)) await ended;
    for (const node of nodes) for (const { ended } of await this.#begin([node])) await ended;
  }

  /** A control node or protected node did not boot: no further node is begun. */
  #judgeControl(target: Target): void {
    const { context, stopRun } = this.#input;
    if (!isControl(target, context.settings)) return;
    stopRun(controlFailed(target));
  }

  /** @param resumed are waited for with the first of the canary, where that is not complete without them */
  async #canary(resumed: readonly Begun[]): Promise<void> {
    const { context, finishedBefore, stop, stopRun } = this.#input;
    const { settings } = context;
    let waiting = resumed;
    const open = (): readonly NodeOfRun[] => [
      ...waiting.map(({ node }) => node),
      ...this.#left.filter((node) => !isAlone(node, settings)),
    ];
    const { quotas, reported } = canaryOf(open(), finishedBefore, settings);
    for (let turn = 1; ; turn++) {
      const next = new Set(canaryWave(open(), groupOf, { quotas, reported }));
      if (next.size === 0 || stop.aborted) return;
      if (turn > canaryTurns) break;
      const begun = [...waiting, ...(await this.#begin(this.#left.filter((node) => next.has(node))))];
      waiting = [];
      for (const { node, ended } of begun) {
        const end = await ended;
        if (end === 'reported') reported.set(groupOf(node), (reported.get(groupOf(node)) ?? 0) + 1);
        else if (hasNotBooted(end)) stopRun(canaryFailed(node.planned.target));
      }
    }
    stopRun({ reason: 'canary-failed', said: phrase(stopTexts.canaryUnusable) });
  }

  /** Begins these nodes as places become free. Resolves when all are begun or left. */
  async #begin(nodes: readonly NodeOfRun[]): Promise<readonly Begun[]> {
    const chosen = new Set(nodes);
    this.#left = this.#left.filter((node) => !chosen.has(node));
    const begun: Begun[] = [];
    for (const node of nodes) {
      const place = await this.#place();
      const watch = this.#watches.get(node);
      if (place === undefined) {
        watch?.close();
        this.#input.notBegun(node);
      } else begun.push({ node, ended: this.#run(node, place.slot, watch).finally(place.release) });
    }
    return begun;
  }

  async #run(node: NodeOfRun, slot: Slot, watch: NodeWatch | undefined): Promise<NodeEnd> {
    const end = await this.#input.run(node, slot, watch);
    if (hasNotBooted(end)) this.#judgeControl(node.planned.target);
    return end;
  }

  /** Waits until one more may be begun; undefined: no more may be begun. */
  async #place(): Promise<{ readonly slot: Slot; readonly release: () => void } | undefined> {
    const { stop, context } = this.#input;
    const held: Slot[] = [];
    const release = (): void => {
      for (const slot of held) slot.release();
    };
    try {
      for (const slots of [this.#inFlight, context.slots]) held.push(await slots.acquire('new', stop));
      const slot = held.at(-1);
      // It may have been stopped after the place was given.
      if (slot !== undefined && !stop.aborted) return { slot, release };
    } catch {
      // It was stopped.
    }
    release();
    return undefined;
  }
}

interface Begun {
  readonly node: NodeOfRun;
  readonly ended: Promise<NodeEnd>;
}

function hasNotBooted(end: NodeEnd): boolean {
  return end !== 'reported' && end !== 'left' && isOfBoot(end);
}
