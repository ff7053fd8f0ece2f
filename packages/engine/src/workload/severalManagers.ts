import { joinWork, type KnownWork, type NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { DrainEnd, WorkloadManager, WorkloadNode } from '../ports/workload.ts';

/**
 * Which of several managers' statements counts, the most serious first; a node that no manager knows is `not-listed`.
 */
const gravest: readonly DrainEnd['kind'][] = ['not-done', 'by-others', 'done'];

/** Slurm and Kubernetes of one site: most nodes are known to one of them. */
export class SeveralManagers implements WorkloadManager {
  readonly #managers: readonly WorkloadManager[];

  constructor(managers: readonly WorkloadManager[]) {
    this.#managers = managers;
  }

  async workOn(nodes: readonly WorkloadNode[], signal: AbortSignal): Promise<KnownWork> {
    const known = new Map<string, NodeWork>();
    for (const answer of await Promise.all(this.#managers.map((manager) => manager.workOn(nodes, signal)))) {
      for (const [bmcIp, work] of answer) {
        const before = known.get(bmcIp);
        known.set(bmcIp, before === undefined ? work : joinWork(before, work));
      }
    }
    return known;
  }

  async drain(node: WorkloadNode, reason: string, before: () => void, signal: AbortSignal): Promise<DrainEnd> {
    return this.#all((manager) => manager.drain(node, reason, before, signal));
  }

  async resume(node: WorkloadNode, signal: AbortSignal): Promise<DrainEnd> {
    return this.#all((manager) => manager.resume(node, signal));
  }

  async #all(order: (manager: WorkloadManager) => Promise<DrainEnd>): Promise<DrainEnd> {
    const ends: DrainEnd[] = [];
    for (const manager of this.#managers) ends.push(await order(manager));
    for (const kind of gravest) {
      const found = ends.find((end) => end.kind === kind);
      if (found !== undefined) return found;
    }
    return { kind: 'not-listed' };
  }
}
