import { decideFacts, type NodeVerdict } from '@omnia-buildstream/core/nodes/decideFacts';
import type { FactOf, SeenFact } from '@omnia-buildstream/core/nodes/nodeFacts';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { clock } from '../platform/clock.ts';
import { bmcAddress } from './bmcAddress.ts';

/** What a run reports about a node. Texts are in the user's language, without control characters. */
export type LiveNode = Pick<FactOf<'run'>, 'phase' | 'word' | 'message' | 'sinceMs'>;

/** What a window knows about a node apart from runs. */
type Attribute = FactOf<'validation' | 'image' | 'power'>;

type Listener = (changed: ReadonlySet<string>) => void;

/** What a run elsewhere, such as in GitLab, reports about nodes at one time. */
export interface ElsewhereRun {
  /** By BMC_IP, as written in the mapping file. */
  readonly nodes: ReadonlyMap<string, LiveNode>;
  readonly progress: string;
}

/** Runs of this window are numbered from 1, so they take precedence over a run elsewhere. */
const elsewhereRun = 0;

/**
 * What this window knows about nodes, as facts by BMC address, which this class derives from a BMC_IP. `verdictOf`
 * combines the facts with the state in the files. Listeners are notified in batches, because a large fleet changes
 * hundreds of times a second; `schedule` runs work a little later.
 */
export class LiveNodes {
  readonly #runs = new Map<string, FactOf<'run'>>();
  #elsewhere = new Map<string, FactOf<'run'>>();
  #elsewhereProgress = '';
  readonly #attributes = new Map<string, Map<Attribute['source'], Attribute>>();
  readonly #schedule: (work: () => void) => void;
  readonly #listeners = new Set<Listener>();
  #changed = new Set<string>();
  #isScheduled = false;
  #progress = '';
  #run = 0;

  constructor(schedule: (work: () => void) => void) {
    this.#schedule = schedule;
  }

  /** Text with done, total and failed while a run is in progress, else empty. */
  get progress(): string {
    return this.#progress === '' ? this.#elsewhereProgress : this.#progress;
  }

  /** What to show for a node. */
  verdictOf({ bmcIp, state }: Pick<NodeInfo, 'bmcIp' | 'state'>): NodeVerdict {
    return decideFacts([{ source: 'decided', state }, ...this.#factsOf(bmcIp)]);
  }

  /** What the run in progress reports about a node. Undefined if no run includes it. */
  of(bmcIp: string): LiveNode | undefined {
    return decideFacts(this.#factsOf(bmcIp)).run;
  }

  /** Sets a fact of a node, unless a newer one from the same source is known. */
  tell(bmcIp: string, fact: Attribute): void {
    const address = bmcAddress(bmcIp);
    const facts = this.#attributes.get(address) ?? new Map<Attribute['source'], Attribute>();
    const before = facts.get(fact.source);
    if (before !== undefined && orderOf(before) > orderOf(fact)) return;
    if (before !== undefined && orderOf(before) === orderOf(fact) && before.text === fact.text) return;
    this.#attributes.set(address, facts.set(fact.source, fact));
    this.#touch(bmcIp);
  }

  /** Forgets everything apart from runs, because in another project the same addresses may be other machines. */
  forgetSeen(): void {
    for (const address of this.#attributes.keys()) this.#touch(address);
    this.#attributes.clear();
  }

  /** Begins a run and forgets what an earlier run of this window reported. */
  begin(bmcIps: readonly string[], waiting: LiveNode): void {
    this.#forgetRun();
    this.#run += 1;
    for (const bmcIp of bmcIps) this.set(bmcIp, waiting);
  }

  set(bmcIp: string, { phase, word, message }: Omit<LiveNode, 'sinceMs'>): void {
    const before = this.#runs.get(bmcAddress(bmcIp));
    const sinceMs = before?.phase === phase && before.word === word ? before.sinceMs : clock.now();
    const fact = { source: 'run', run: this.#run, isOver: false, phase, word, message, sinceMs } as const;
    this.#runs.set(bmcAddress(bmcIp), fact);
    this.#touch(bmcIp);
  }

  /** Replaces what a run elsewhere reports. Undefined if none is in progress; then the state in the files counts. */
  setElsewhere(told: ElsewhereRun | undefined): void {
    const before = this.#elsewhere;
    const now = new Map<string, FactOf<'run'>>();
    for (const [bmcIp, live] of told?.nodes ?? []) {
      now.set(bmcAddress(bmcIp), { source: 'run', run: elsewhereRun, isOver: false, ...live });
    }
    this.#elsewhere = now;
    for (const address of new Set([...before.keys(), ...now.keys()])) {
      if (!isSameRun(before.get(address), now.get(address))) this.#touch(address);
    }
    if (this.#elsewhereProgress === (told?.progress ?? '')) return;
    this.#elsewhereProgress = told?.progress ?? '';
    this.#tellLater();
  }

  setProgress(text: string): void {
    this.#progress = text;
    this.#tellLater();
  }

  /** Ends the run. From then on the state in the files counts, in this window as in any other. */
  end(): void {
    this.setProgress('');
    this.#forgetRun();
  }

  onChange(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #factsOf(bmcIp: string): SeenFact[] {
    const address = bmcAddress(bmcIp);
    const runs = [this.#runs.get(address), this.#elsewhere.get(address)].filter((run) => run !== undefined);
    return [...runs, ...(this.#attributes.get(address)?.values() ?? [])];
  }

  #forgetRun(): void {
    for (const address of this.#runs.keys()) this.#touch(address);
    this.#runs.clear();
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

function isSameRun(one: FactOf<'run'> | undefined, other: FactOf<'run'> | undefined): boolean {
  return one?.phase === other?.phase && one?.word === other?.word && one?.message === other?.message;
}

/** Increases with newer facts of the same source. */
function orderOf(fact: Attribute): number {
  switch (fact.source) {
    case 'validation':
      return fact.attempt;
    case 'image':
    case 'power':
      return fact.at;
  }
}
