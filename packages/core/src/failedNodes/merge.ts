import type { FailedNode, FailedNodes } from './types.ts';

/** A failed_nodes.json of one shard, and what to call it in messages. */
export interface MergeSource {
  readonly name: string;
  readonly file: FailedNodes;
}

/** What people should know about a merge; no entry is lost in any of these cases. */
export type MergeNotice =
  /** Files of several jobs were merged; `jobIds` in the order of the files. */
  | { readonly kind: 'several-jobs'; readonly jobIds: readonly string[] }
  /** Some files name no job. */
  | { readonly kind: 'no-job'; readonly files: readonly string[] }
  /**
   * A node is in several files with different status; the one that still needs the next run is kept, if there is one.
   */
  | {
      readonly kind: 'conflicting-status';
      readonly bmcIp: string;
      readonly kept: string;
      readonly statuses: readonly { readonly name: string; readonly status: string }[];
    };

export interface MergeResult {
  readonly merged: FailedNodes;
  readonly notices: readonly MergeNotice[];
}

/**
 * Merges the lists of several shards, in the order of the files. Every bmc_ip stays, once. Where its status differs,
 * whatever is not `success` counts: a node that is marked too much would never be booted, one that is marked too little
 * is only looked at again (omnia.md section 3.3). Counts are those of the merged list.
 */
export function mergeFailedNodes(sources: readonly MergeSource[]): MergeResult {
  const jobIds = [...new Set(sources.flatMap(({ file }) => file.jobId ?? []))];
  const nameless = sources.filter(({ file }) => file.jobId === undefined).map(({ name }) => name);
  const found = new Map<string, { readonly name: string; readonly entry: FailedNode }[]>();
  for (const { name, file } of sources) {
    for (const entry of file.entries) found.set(entry.bmcIp, [...(found.get(entry.bmcIp) ?? []), { name, entry }]);
  }
  const kept = [...found.values()].flatMap((entries) => keptOf(entries.map(({ entry }) => entry)) ?? []);
  const conflicts = kept.flatMap(({ bmcIp, status }): MergeNotice[] => {
    const statuses = (found.get(bmcIp) ?? []).map(({ name, entry }) => ({ name, status: entry.status }));
    const differs = new Set(statuses.map((one) => one.status)).size > 1;
    return differs ? [{ kind: 'conflicting-status', bmcIp, kept: status, statuses }] : [];
  });
  const [first] = sources;
  return {
    merged: {
      shape: sources.find(({ file }) => file.shape !== 'empty')?.file.shape ?? 'empty',
      jobId: jobIds[0],
      stageName: first?.file.stageName,
      timestamp: latest(sources.flatMap(({ file }) => file.timestamp ?? [])),
      totalNodes: kept.length,
      failureCount: kept.filter(({ status }) => status !== 'success').length,
      entries: kept,
    },
    notices: [
      ...(jobIds.length > 1 ? [{ kind: 'several-jobs' as const, jobIds }] : []),
      ...(nameless.length > 0 && jobIds.length > 0 ? [{ kind: 'no-job' as const, files: nameless }] : []),
      ...conflicts,
    ],
  };
}

/** The last entry that still needs a run, else the last one: it is the newest that a file has. */
function keptOf(entries: readonly FailedNode[]): FailedNode | undefined {
  return entries.findLast(({ status }) => status !== 'success') ?? entries.at(-1);
}

/** ISO 8601 in UTC sorts as text. */
function latest(timestamps: readonly string[]): string | undefined {
  return [...timestamps].sort().at(-1);
}
