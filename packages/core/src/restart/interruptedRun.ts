import type { FailedNode, FailedNodes } from '../failedNodes/types.ts';
import type { BootedNode, RestartState } from '../plan/restartState.ts';
import { isIdentifier } from '../text/identifier.ts';
import type { JournalRecord, NodeResult, ResetIntent } from './journalRecord.ts';

/** How far a node had come when a run was interrupted. */
export type NodeProgress =
  /** A reset was announced, and nothing says whether it was sent: it is looked at, and not reset before the next run. */
  | { readonly stage: 'maybe-reset'; readonly intent: ResetIntent }
  /** Something was announced that cannot be read any more: it is looked at, and not reset before the next run. */
  | { readonly stage: 'in-doubt' }
  /** The reset was carried out; the node may have reported meanwhile. */
  | { readonly stage: 'reset' }
  | { readonly stage: 'finished'; readonly result: NodeResult };

/** A run whose journal has no end. The next run of the same image group continues it. */
export interface InterruptedRun {
  readonly run: string;
  /** Undefined when the journal names none that is valid: it is written again, and becomes the name of folders. */
  readonly jobId: string | undefined;
  readonly imageGroup: string;
  readonly at: string;
  /** Stamp of Omnia's list of failed nodes that stood when it began; undefined: not known. */
  readonly afterList: string | undefined;
  /** Nodes of which something is known, by BMC_IP. */
  readonly nodes: ReadonlyMap<string, NodeProgress>;
  /** Something cannot be read of which it is not even known which node it is about: it may be any that is not in `nodes`. */
  readonly isUnclear: boolean;
}

/**
 * The last run of a journal; `isOpen` when it has no end. Undefined for a journal without content. Nothing is dropped:
 * what follows an end opens the run again, and an earlier run without an end is part of the last one. `no-beginning`
 * when there is content and nothing says what it belongs to.
 */
export function lastRunOf(
  records: readonly JournalRecord[],
): { readonly run: InterruptedRun; readonly isOpen: boolean } | undefined | 'no-beginning' {
  let begin: Extract<JournalRecord, { type: 'begin' }> | undefined;
  const nodes = new Map<string, NodeProgress>();
  /** What was known of nodes before their last reset was announced. */
  const before = new Map<string, NodeProgress | undefined>();
  let isOpen = false;
  let isUnclear = false;
  for (const record of records) {
    if (record.type === 'end') {
      isOpen = false;
      continue;
    }
    if (record.type === 'begin') {
      begin = record;
      if (!isOpen) {
        nodes.clear();
        isUnclear = false;
      }
    } else if (record.type === 'doubt' && record.bmcIp === undefined) {
      isUnclear = true;
      for (const [bmcIp, { stage }] of nodes) if (stage === 'maybe-reset') nodes.set(bmcIp, { stage: 'in-doubt' });
    } else if (record.type === 'doubt') nodes.set(record.bmcIp ?? '', { stage: 'in-doubt' });
    else if (record.type === 'refused') takeBack(nodes, record.bmcIp, before.get(record.bmcIp));
    else {
      if (record.type === 'reset') before.set(record.bmcIp, nodes.get(record.bmcIp));
      nodes.set(record.bmcIp, progressOf(record));
    }
    isOpen = true;
  }
  if (begin === undefined || begin.imageGroup === '') {
    return isOpen ? 'no-beginning' : undefined;
  }
  const { run, imageGroup, at, afterList } = begin;
  const jobId = isIdentifier(begin.jobId) ? begin.jobId : undefined;
  return { run: { run, jobId, imageGroup, at, afterList, nodes, isUnclear }, isOpen };
}

/** The reset that was announced last was not carried out. */
function takeBack(nodes: Map<string, NodeProgress>, bmcIp: string, before: NodeProgress | undefined): void {
  if (nodes.get(bmcIp)?.stage !== 'maybe-reset') return;
  if (before === undefined) nodes.delete(bmcIp);
  else nodes.set(bmcIp, before);
}

function progressOf(record: Extract<JournalRecord, { type: 'reset' | 'sent' | 'result' }>): NodeProgress {
  switch (record.type) {
    case 'reset':
      return { stage: 'maybe-reset', intent: record };
    case 'sent':
      return { stage: 'reset' };
    case 'result':
      return { stage: 'finished', result: record };
  }
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
