import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { controlKindOf } from '@omnia-buildstream/core/plan/control/controlNodes';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { isOfBoot, type FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { NodeWatch } from '../ports/reports.ts';
import { Slots, type Slot } from '../concurrency/slots.ts';
import { canaryQuotas, canaryWave, type Quotas } from './canary.ts';
import type { StageContext } from './context.ts';
import type { StopReason } from './events.ts';
import { watchOfBegun } from './nodeWatch.ts';
import { reportedGroups, type NodesOfRun } from './nodesOfRun.ts';
import { canarySize, type Rollout } from './rollout.ts';
import { stopTexts } from './stepTexts.ts';
import type { RestartSettings } from './settings.ts';

export type NodeOfRun = NodesOfRun['nodes'][number];

/** How a node ended; `left`: not at all, the run stops. */
export type NodeEnd = 'reported' | 'left' | FailureKind;

export interface StartsInput {
  readonly context: StageContext;
  readonly nodes: readonly NodeOfRun[];
  /** The groups of the nodes that have reported to an interrupted run which this one goes on with. */
  readonly reportedGroups: readonly string[];
  /** Those whose boot failed in that run. */
  readonly failedBefore: readonly Target[];
  /** Aborts: no further node is begun. */
  readonly stop: AbortSignal;
  readonly run: (node: NodeOfRun, slot: Slot, watch: NodeWatch | undefined) => Promise<NodeEnd>;
  readonly notBegun: (node: NodeOfRun) => void;
  readonly stopRun: (reason: StopReason, said: Phrase) => void;
}

/** How often nodes of the canary whose BMC cannot be used are replaced by the next of their group. */
const canaryTurns = 3;

/**
 * Begins the nodes of a run in their order: those in the middle of an interrupted run first, for some of them may be
 * booting; then the canary; the others when all of it have reported. Control nodes and protected nodes follow one after
 * another, when such ones of the interrupted run have ended; where one does not boot, or has not in the interrupted run,
 * no further node is begun. Resolves when every node has ended or is left.
 */
export async function startNodes(input: StartsInput): Promise<void> {
  await new NodeStarts(input).all();
}

/** The nodes that go first; none where the rollout has no canary, or an interrupted run has had it. */
export function firstNodes(plan: Plan, ofRun: NodesOfRun, settings: How): readonly NodeOfRun[] {
  const ordered = inOrder(ofRun.nodes);
  const open = ordered.filter((node) => !isAlone(node, settings));
  return canaryWave(open, groupOf, canaryOf(open, settings.rollout, reportedGroups(plan, ofRun)));
}

interface Canary {
  readonly quotas: Quotas;
  readonly reported: Map<string, number>;
}

function canaryOf(nodes: readonly NodeOfRun[], rollout: Rollout, reportedBefore: readonly string[]): Canary {
  const quotas = canaryQuotas([...reportedBefore, ...nodes.map(groupOf)], canarySize(rollout, nodes.length));
  const reported = new Map<string, number>();
  for (const group of reportedBefore) reported.set(group, (reported.get(group) ?? 0) + 1);
  return { quotas, reported };
}

/** Those in the middle of an interrupted run first. */
function inOrder(nodes: readonly NodeOfRun[]): readonly NodeOfRun[] {
  return [...nodes.filter(({ progress }) => progress), ...nodes.filter(({ progress }) => !progress)];
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
    // A node reports for a while only, perhaps before it is its turn to be looked at.
    this.#watches = new Map(
      this.#left.flatMap((node) =>
        node.progress === undefined ? [] : [[node, watchOfBegun(context, node.planned.target, node.progress)] as const],
      ),
    );
  }

  async all(): Promise<void> {
    const resumed = await this.#begin(this.#left.filter(({ progress }) => progress !== undefined));
    // Not before: those may be booting, and the run has no end until they are looked at.
    for (const target of this.#input.failedBefore) this.#judgeControl(target);
    await this.#canary(resumed);
    const { settings } = this.#input.context;
    const alone = new Set(this.#left.filter((node) => isAlone(node, settings)));
    const rest = this.#left.filter((node) => !alone.has(node));
    const oneByOne = this.#oneByOne(resumed, [...alone]);
    const begun = await this.#begin(rest);
    await Promise.all([oneByOne, ...[...resumed, ...begun].map(({ ended }) => ended)]);
  }

  /** Each when the one before has reported, so that those of a kind that need each other are not down together. */
  async #oneByOne(resumed: readonly Begun[], nodes: readonly NodeOfRun[]): Promise<void> {
    const { settings } = this.#input.context;
    for (const { node, ended } of resumed) if (isControl(node.planned.target, settings)) await ended;
    for (const node of nodes) for (const { ended } of await this.#begin([node])) await ended;
  }

  /** A control node or protected node did not boot: no further node is begun. */
  #judgeControl(target: Target): void {
    const { context, stopRun } = this.#input;
    if (!isControl(target, context.settings)) return;
    stopRun('control-failed', phrase(stopTexts.controlFailed, { hostname: target.hostname }));
  }

  /** @param resumed are waited for with the first of the canary, where that is not complete without them */
  async #canary(resumed: readonly Begun[]): Promise<void> {
    const { context, reportedGroups: before, stop, stopRun } = this.#input;
    const { settings } = context;
    let waiting = resumed;
    const open = (): readonly NodeOfRun[] => [
      ...waiting.map(({ node }) => node),
      ...this.#left.filter((node) => !isAlone(node, settings)),
    ];
    const { quotas, reported } = canaryOf(open(), settings.rollout, before);
    for (let turn = 1; ; turn++) {
      const next = new Set(canaryWave(open(), groupOf, { quotas, reported }));
      if (next.size === 0 || stop.aborted) return;
      if (turn > canaryTurns) break;
      const begun = [...waiting, ...(await this.#begin(this.#left.filter((node) => next.has(node))))];
      waiting = [];
      for (const { node, ended } of begun) {
        const end = await ended;
        if (end === 'reported') reported.set(groupOf(node), (reported.get(groupOf(node)) ?? 0) + 1);
        else if (hasNotBooted(end)) {
          const { hostname } = node.planned.target;
          stopRun('canary-failed', phrase(stopTexts.canaryFailed, { hostname }));
        }
      }
    }
    stopRun('canary-failed', phrase(stopTexts.canaryUnusable));
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

  /** Waits until one more may be begun; undefined: none may any more. */
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

type How = Pick<RestartSettings, 'rollout' | 'control'>;

function hasNotBooted(end: NodeEnd): boolean {
  return end !== 'reported' && end !== 'left' && isOfBoot(end);
}

/** Control nodes and protected nodes, where they are restarted one after another. */
function isControl(target: Target, { control }: Pick<How, 'control'>): boolean {
  return control.isOneByOne && controlKindOf(target, control.protectedNodes) !== undefined;
}

/** Those, but one that may be booting already: it is begun with what an interrupted run left. */
function isAlone({ planned, progress }: NodeOfRun, settings: Pick<How, 'control'>): boolean {
  return progress === undefined && isControl(planned.target, settings);
}

function groupOf({ planned }: NodeOfRun): string {
  return planned.target.functionalGroup;
}
