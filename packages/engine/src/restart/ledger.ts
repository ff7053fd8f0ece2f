import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { bootedNodeOf, failedNodeOf } from '@omnia-buildstream/core/restart/interruptedRun';
import type { NodeResult } from '@omnia-buildstream/core/restart/journalRecord';
import type { StateFiles } from '../state/stateFiles.ts';

/** The results of a run, and what Omnia's files contain with them (omnia.md section 3.3, item 4). */
export class Ledger {
  readonly #plan: Plan;
  readonly #jobId: string;
  readonly #inventory: StateFiles['inventory'];
  readonly #results = new Map<string, NodeResult>();

  constructor(plan: Plan, jobId: string, before: readonly NodeResult[]) {
    this.#plan = plan;
    this.#jobId = jobId;
    this.#inventory = plan.nodes
      .filter(({ reason }) => reason !== 'not-in-mapping' && reason !== 'no-bmc-ip')
      .map(({ target: { bmcIp, hostname, serviceTag } }) => ({ bmcIp, hostname, serviceTag }));
    for (const result of before) this.add(result);
  }

  add(result: NodeResult): void {
    this.#results.set(result.bmcIp, result);
  }

  get booted(): number {
    return [...this.#results.values()].filter(({ failure }) => failure === undefined).length;
  }

  get failed(): number {
    return this.#results.size - this.booted;
  }

  /**
   * Booted: the list of the plan, without nodes that failed now unless marked by hand, and those that booted now.
   * Failed: the nodes of this run that failed, and earlier entries of nodes that this run has not reached.
   */
  files(timestamp: string): StateFiles {
    const results = this.#ordered();
    const failedNow = new Set(results.filter(({ failure }) => failure !== undefined).map(({ bmcIp }) => bmcIp));
    const before = this.#plan.booted.filter(({ bmcIp, manuallyBooted }) => manuallyBooted || !failedNow.has(bmcIp));
    const known = new Set(before.map(({ bmcIp }) => bmcIp));
    const bootedNow = results.filter(({ failure, bmcIp }) => failure === undefined && !known.has(bmcIp));
    return {
      jobId: this.#jobId,
      timestamp,
      inventory: this.#inventory,
      booted: [...before, ...bootedNow.map(bootedNodeOf)],
      failed: this.#plan.nodes.flatMap((node) => this.#failedEntry(node) ?? []),
      results,
    };
  }

  #failedEntry({ action, target, entry }: PlannedNode): FailedNode | undefined {
    if (action !== 'boot') return undefined;
    const result = this.#results.get(target.bmcIp);
    if (result === undefined) return entry;
    return result.failure === undefined ? undefined : failedNodeOf(result);
  }

  /** In the order of the plan; results of nodes that are no longer in it come last. */
  #ordered(): NodeResult[] {
    const ordered = this.#plan.nodes.flatMap(({ target, reason }) => {
      return reason === 'duplicate-bmc-ip' ? [] : (this.#results.get(target.bmcIp) ?? []);
    });
    const seen = new Set(ordered);
    return [...ordered, ...[...this.#results.values()].filter((result) => !seen.has(result))];
  }
}
