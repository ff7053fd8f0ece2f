import { jobNotes, jobsText, omniaJobNotes, sortWork } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import type { KnownWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { askedOnce, workloadManager } from '@omnia-buildstream/runner/workload/workload';
import type { Io } from '../io.ts';
import type { CliBackend } from '../run/backend.ts';
import { programsFor, workloadOf } from '../workload.ts';

type Asked = Parameters<typeof workloadOf>[0];

/** What runs on these nodes now; undefined: nobody was named to ask. @throws UserError for an invalid place */
export async function askWork(values: Asked, nodes: readonly Target[], io: Io): Promise<KnownWork | undefined> {
  const { signal } = new AbortController();
  const option = workloadOf(values);
  return askedOnce(workloadManager(option, await programsFor(option, io)), io, signal)(nodes);
}

/** Nodes that a plan boots. */
export function bootedBy({ nodes }: Plan): readonly Target[] {
  return nodes.flatMap(({ action, target }) => (action === 'boot' ? [target] : []));
}

/** What `run restart` with this backend would say and do about them. */
export function workNotes(made: Plan, known: KnownWork, backend: CliBackend): readonly Phrase[] {
  const nodes = bootedBy(made);
  if (backend === 'oim') return omniaJobNotes(nodes, known);
  const leftOut = sortWork(nodes, known).busy.map(({ node }) => node);
  return jobNotes({ nodes: nodes.filter((node) => !leftOut.includes(node)), leftOut }, known);
}

/** For programs: each node with what is known of the work on it. */
export function workJson(nodes: readonly Target[], known: KnownWork | undefined): unknown {
  if (known === undefined) return null;
  const { busy, free, notKnown } = sortWork(nodes, known);
  return {
    busy: busy.map(({ node: { hostname, bmcIp }, jobs }) => {
      const { unit, count = null, users, latestEnd = null } = jobs;
      const end = typeof latestEnd === 'number' ? new Date(latestEnd).toISOString() : latestEnd;
      return { hostname, bmcIp, unit, count, users, latestEnd: end };
    }),
    free: free.map(({ hostname, bmcIp }) => ({ hostname, bmcIp })),
    notKnown: notKnown.flatMap(({ nodes: unknown, why }) =>
      unknown.map(({ hostname, bmcIp }) => ({ hostname, bmcIp, why: wordsOf(why) })),
    ),
  };
}

/** Nodes with jobs, as rows of a table: hostname, BMC_IP, jobs. */
export function workRows(nodes: readonly Target[], known: KnownWork): readonly (readonly [string, string, string])[] {
  const { busy, notKnown } = sortWork(nodes, known);
  return [
    ...busy.map(({ node, jobs }) => [node.hostname, node.bmcIp, wordsOf(jobsText(jobs))] as const),
    ...notKnown.flatMap(({ nodes: unknown, why }) =>
      unknown.map((node) => [node.hostname, node.bmcIp, `not known: ${wordsOf(why)}`] as const),
    ),
  ];
}
