import { joinJobs, type NodeWork, type RunningJobs } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { findNode } from '../findNode.ts';
import type { SlurmNode } from './slurmNodes.ts';
import { slurmTexts as texts } from './slurmTexts.ts';

/** A job that has nodes, of whatever user. */
export interface SlurmJob extends Pick<RunningJobs, 'latestEnd'> {
  readonly user: string;
  /** Names of nodes as Slurm calls them. */
  readonly nodes: readonly string[];
}

/** Everything that Slurm reports at one moment. */
export interface SlurmAnswer {
  readonly nodes: readonly SlurmNode[];
  readonly jobs: readonly SlurmJob[];
}

/** What runs on each of these nodes, by hostname. */
export function workFrom({ nodes, jobs }: SlurmAnswer): (hostname: string) => NodeWork {
  const find = findNode(nodes);
  const byNode = new Map<string, RunningJobs>();
  for (const job of jobs) {
    const one: RunningJobs = {
      unit: 'jobs',
      count: 1,
      users: job.user === '' ? [] : [job.user],
      latestEnd: job.latestEnd,
    };
    for (const name of job.nodes) {
      const before = byNode.get(name);
      byNode.set(name, before === undefined ? one : joinJobs(before, one));
    }
  }
  return (hostname) => {
    const found = find(hostname);
    if (found.length > 1) return { kind: 'not-known', reason: 'no-answer', why: phrase(texts.severalNodes) };
    const [node] = found;
    if (node === undefined) return { kind: 'not-known', reason: 'not-listed', why: phrase(texts.notListed) };
    const seen = byNode.get(node.name);
    if (seen !== undefined) return { kind: 'busy', jobs: seen };
    switch (node.use) {
      // Jobs of others may be hidden (slurm.md section 2); the state of the node is not.
      case 'allocated':
        return { kind: 'busy', jobs: { unit: 'jobs', count: undefined, users: [], latestEnd: undefined } };
      case 'unknown':
        return { kind: 'not-known', reason: 'no-answer', why: phrase(texts.stateUnknown, { state: node.state }) };
      case 'none':
        return { kind: 'free' };
    }
  };
}
