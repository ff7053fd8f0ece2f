import { problemsOf, type PlanProblem } from './planProblems.ts';
import { bytesOf, readFailedNodesDocument } from '../failedNodes/document.ts';
import type { DoubledKey } from '../failedNodes/jsonParts.ts';
import { conflictsIn } from '../text/conflicts.ts';
import { readFailedNodes } from '../failedNodes/read.ts';
import type { FailedNodes } from '../failedNodes/types.ts';
import { parsePythonJson } from '../text/pythonJson.ts';
import { strip } from '../text/pythonText.ts';
import type { Target } from './targets.ts';

/** A failed_nodes.json as a restart of one job reads it (omnia.md section 3.3). */
export type FailedList =
  | { readonly kind: 'missing' }
  /** The restart stage would fail on it. */
  | { readonly kind: 'broken'; readonly problems: readonly PlanProblem[] }
  /** It describes the runs of another job, and so of another image group. */
  | { readonly kind: 'other-job'; readonly jobId: string }
  /** It names no job, as the PXE boot of 2.3 writes it: it is unknown which job it belongs to. */
  | { readonly kind: 'no-job'; readonly nodes: FailedNodes }
  | {
      readonly kind: 'own';
      readonly nodes: FailedNodes;
      /** BMC_IPs of the rows that its run had, if they were recorded; otherwise git may know. */
      readonly known?: ReadonlySet<string>;
    };

/**
 * The only place that decides which job a list belongs to.
 * @param text undefined: there is no such file
 * @param jobId of the stage; undefined: not known, and the list is that of the last run, whichever it was
 */
export function failedListOf(text: string | undefined, jobId: string | undefined): FailedList {
  if (text === undefined) return { kind: 'missing' };
  const bytes = bytesOf(text);
  if (bytes !== undefined) return broken([{ kind: 'failed-bytes', bytes }]);
  const [conflict] = conflictsIn(text);
  if (conflict !== undefined) return broken([{ kind: 'failed-conflict', line: conflict.first }]);
  const json = parsePythonJson(text);
  if ('fault' in json) return broken([{ kind: 'failed-not-json', reason: json.fault }]);
  return failedListIn(json.value, jobId, doubledIn(text));
}

function doubledIn(text: string): readonly DoubledKey[] {
  return readFailedNodesDocument(text).doubled;
}

/** The same for JSON that is parsed. */
export function failedListIn(
  value: unknown,
  jobId: string | undefined,
  doubled: readonly DoubledKey[] = [],
): FailedList {
  const reading = readFailedNodes(value);
  if (reading.problems !== undefined) return broken(problemsOf('failed', reading.problems));
  const keys = [...new Set(doubled.map(({ key }) => key))];
  const nodes = keys.length === 0 ? reading.value : { ...reading.value, doubledKeys: keys };
  const owner = nodes.jobId ?? '';
  if (jobId === undefined) return { kind: 'own', nodes };
  if (owner === '') return { kind: 'no-job', nodes };
  return owner.toLowerCase() === jobId.toLowerCase() ? { kind: 'own', nodes } : { kind: 'other-job', jobId: owner };
}

/** The rows that the run of a list had, as far as is known: undefined if neither a record nor git has them. */
export function rowsOfRun(
  list: FailedList,
  rows: readonly Target[],
  committed: readonly Target[] | undefined,
): readonly Target[] | undefined {
  if (list.kind !== 'own' || list.known === undefined) return committed;
  const { known } = list;
  return rows.filter(({ bmcIp }) => known.has(strip(bmcIp)));
}

/** What the stage reads from it: nothing if the list belongs to another job. */
export function nodesIn(list: FailedList): FailedNodes | undefined {
  return list.kind === 'own' || list.kind === 'no-job' ? list.nodes : undefined;
}

/** The list for a stage that does not get it: what was marked by hand has failed nevertheless. */
export function withoutMarks(list: FailedList): FailedList {
  if (list.kind !== 'own' && list.kind !== 'no-job') return list;
  const entries = list.nodes.entries.map((entry) =>
    entry.status === 'success' ? { ...entry, status: 'failed' } : entry,
  );
  return { ...list, nodes: { ...list.nodes, entries } };
}

function broken(problems: readonly PlanProblem[]): FailedList {
  return { kind: 'broken', problems };
}
