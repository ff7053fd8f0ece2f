import { bmcAddress } from './bmcAddress.ts';

/** How far a node is in a run that goes on, or how it ended. */
export type LivePhase = 'waiting' | 'running' | 'booted' | 'failed' | 'left';

/** What a run says of a node; texts in the user's language, without control characters. */
export interface LiveNode {
  readonly phase: LivePhase;
  /** The state in a few words: "waits", "sets PXE". */
  readonly word: string;
  readonly message: string;
}

/** What stages found out about a node, beyond its state: the image it boots, what its last tests came to. */
export type NodeFact = 'image' | 'validation';

/** Node that the view knows; as much as is needed to see whether the files have caught up. */
interface ListedNode {
  readonly bmcIp: string;
  readonly entry?: number;
  readonly state?: string;
  readonly message?: string;
}

/** What the files say of nodes with an entry in the list of failed nodes. */
interface Listed {
  readonly stamp: string | undefined;
  /** By BMC_IP. */
  readonly said: ReadonlyMap<string, string>;
}

const nothingListed: Listed = { stamp: undefined, said: new Map() };

function listedBy(listed: readonly ListedNode[], stamp: string | undefined): Listed {
  const entries = listed.filter(({ entry }) => entry !== undefined);
  return {
    stamp,
    said: new Map(entries.map(({ bmcIp, state, message }) => [bmcAddress(bmcIp), `${state ?? ''} ${message ?? ''}`])),
  };
}

type Listener = (changed: ReadonlySet<string>) => void;

/**
 * What runs and BMCs say of nodes, by the address of the BMC (here alone a BMC_IP becomes one), over what the files say. Changes are told in batches, because a large fleet
 * changes hundreds of times a second; `schedule` runs work a little later.
 */
export class LiveNodes {
  readonly #nodes = new Map<string, LiveNode>();
  readonly #power = new Map<string, string>();
  readonly #facts = new Map<string, string>();
  readonly #schedule: (work: () => void) => void;
  readonly #listeners = new Set<Listener>();
  #changed = new Set<string>();
  #isScheduled = false;
  #progress = '';
  #isRunning = false;
  /** What the files said of nodes when they were read last, and when the last run ended. */
  #listed: Listed = nothingListed;
  #listedAtEnd: Listed = nothingListed;

  constructor(schedule: (work: () => void) => void) {
    this.#schedule = schedule;
  }

  /** Done, total and failed while a run goes on; empty otherwise. */
  get progress(): string {
    return this.#progress;
  }

  of(bmcIp: string): LiveNode | undefined {
    return this.#nodes.get(bmcAddress(bmcIp));
  }

  /** The power state as a BMC told it last, in words. */
  powerOf(bmcIp: string): string | undefined {
    return this.#power.get(bmcAddress(bmcIp));
  }

  /** In words; undefined when no stage has found it out. */
  factOf(bmcIp: string, fact: NodeFact): string | undefined {
    return this.#facts.get(`${fact} ${bmcAddress(bmcIp)}`);
  }

  setFact(bmcIp: string, fact: NodeFact, text: string): void {
    const key = `${fact} ${bmcAddress(bmcIp)}`;
    if (this.#facts.get(key) === text) return;
    this.#facts.set(key, text);
    this.#touch(bmcIp);
  }

  /** A run begins: what an earlier one said is forgotten. */
  begin(bmcIps: readonly string[], waiting: LiveNode): void {
    for (const bmcIp of this.#nodes.keys()) this.#touch(bmcIp);
    this.#nodes.clear();
    this.#isRunning = true;
    for (const bmcIp of bmcIps) this.set(bmcIp, waiting);
  }

  set(bmcIp: string, node: LiveNode): void {
    this.#nodes.set(bmcAddress(bmcIp), node);
    this.#touch(bmcIp);
  }

  setPower(bmcIp: string, power: string): void {
    this.#power.set(bmcAddress(bmcIp), power);
    this.#touch(bmcIp);
  }

  setProgress(text: string): void {
    this.#progress = text;
    this.#tellLater();
  }

  /**
   * The run is over: nodes are as the files say, in this window as in any other. Only what a restart said that no file
   * here tells stays; what other stages found is an attribute, and never stands over a failure.
   */
  end({ isRestart, isOnDisk }: { readonly isRestart: boolean; readonly isOnDisk: boolean }): void {
    this.#isRunning = false;
    this.#listedAtEnd = this.#listed;
    this.setProgress('');
    for (const [bmcIp, { phase }] of this.#nodes) {
      const isOver = phase === 'waiting' || phase === 'running';
      if (isOver || isOnDisk || !isRestart) this.#forget(bmcIp);
    }
  }

  /**
   * Once the files name a node that failed, they are right: somebody may mark it there. They are right as well of a node
   * that the run booted when they say another thing of it than at its end, because then a later run wrote them.
   * @param stamp time that the list of failed nodes bears; compared with itself only, as clocks differ
   */
  settle(listed: readonly ListedNode[], stamp?: string): void {
    const now = listedBy(listed, stamp);
    this.#listed = now;
    if (this.#isRunning || this.#nodes.size === 0) return;
    for (const { bmcIp, entry } of listed) {
      const address = bmcAddress(bmcIp);
      const phase = this.#nodes.get(address)?.phase;
      if (entry === undefined || phase === undefined) continue;
      const isSame =
        now.stamp === this.#listedAtEnd.stamp && now.said.get(address) === this.#listedAtEnd.said.get(address);
      if (phase === 'failed' || !isSame) this.#forget(bmcIp);
    }
  }

  onChange(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #forget(bmcIp: string): void {
    this.#nodes.delete(bmcAddress(bmcIp));
    this.#touch(bmcIp);
  }

  #touch(bmcIp: string): void {
    this.#changed.add(bmcAddress(bmcIp));
    this.#tellLater();
  }

  #tellLater(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      const changed = this.#changed;
      this.#changed = new Set();
      for (const listener of this.#listeners) listener(changed);
    });
  }
}
