import type { FailedNode, FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import type { BootedNode, RestartState } from '@omnia-buildstream/core/plan/restartState';
import type { JournalRecord, NodeResult, ResetIntent } from './journalRecord.ts';

/** How far a node had come when a run was interrupted. */
export type NodeProgress =
  /** A reset was announced; whether it was sent, the BMC must tell. */
  | { readonly stage: 'maybe-reset'; readonly intent: ResetIntent }
  /** The reset was carried out; the node may have reported meanwhile. */
  | { readonly stage: 'reset' }
  | { readonly stage: 'finished'; readonly result: NodeResult };

/** A run whose journal has no end. The next run of the same image group goes on with it. */
export interface InterruptedRun {
  readonly run: string;
  readonly jobId: string;
  readonly imageGroup: string;
  readonly at: string;
  /** Nodes of which something is known, by BMC_IP. */
  readonly nodes: ReadonlyMap<string, NodeProgress>;
}

/** The last run of a journal; `isOpen` when it has no end. */
export function lastRunOf(
  records: readonly JournalRecord[],
): { readonly run: InterruptedRun; readonly isOpen: boolean } | undefined {
  const from = records.findLastIndex(({ type }) => type === 'begin');
  const begin = records[from];
  if (begin?.type !== 'begin') return undefined;
  const nodes = new Map<string, NodeProgress>();
  let isOpen = true;
  for (const record of records.slice(from + 1)) {
    if (record.type === 'end') isOpen = false;
    else if (record.type === 'reset') nodes.set(record.bmcIp, { stage: 'maybe-reset', intent: record });
    else if (record.type === 'sent') nodes.set(record.bmcIp, { stage: 'reset' });
    else if (record.type === 'result') nodes.set(record.bmcIp, { stage: 'finished', result: record });
  }
  const { run, jobId, imageGroup, at } = begin;
  return { run: { run, jobId, imageGroup, at, nodes }, isOpen };
}

/**
 * The state with the results of an interrupted run, some of which may not have reached Omnia's files. An entry that the
 * operator has marked `success` meanwhile stays marked.
 */
export function withResults(
  state: RestartState,
  failedNodes: FailedNodes,
  run: InterruptedRun,
): { readonly restartState: RestartState; readonly failedNodes: FailedNodes } {
  const booted = new Map(state.bootedNodes.map((node) => [node.bmcIp, node]));
  const entries = new Map(failedNodes.entries.map((entry) => [entry.bmcIp, entry]));
  for (const progress of run.nodes.values()) {
    if (progress.stage !== 'finished') continue;
    const { result } = progress;
    if (result.failure === undefined) {
      if (!booted.has(result.bmcIp)) booted.set(result.bmcIp, bootedNodeOf(result));
      entries.delete(result.bmcIp);
    } else if (entries.get(result.bmcIp)?.status !== 'success') entries.set(result.bmcIp, failedNodeOf(result));
  }
  return {
    restartState: { ...state, bootedNodes: [...booted.values()] },
    failedNodes: { ...failedNodes, entries: [...entries.values()] },
  };
}

export function bootedNodeOf({ bmcIp, hostname, at }: NodeResult): BootedNode {
  return { bmcIp, hostname, bootedAt: at, manuallyBooted: false };
}

export function failedNodeOf({ bmcIp, hostname, serviceTag, message }: NodeResult): FailedNode {
  return { bmcIp, hostname, serviceTag, message, status: 'failed', failureStage: undefined };
}
