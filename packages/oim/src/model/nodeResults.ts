import { failedListIn, nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { jsonIn, timeField } from './read.ts';

/** What a restart left of one node. */
export interface NodeResult {
  readonly bmcIp: string;
  /** Empty when the API does not tell. */
  readonly hostname: string;
  readonly hasFailed: boolean;
  /** Empty when there is none. */
  readonly message: string;
}

export interface NodeResults {
  /** When they were written, milliseconds since the epoch by the clock of the management server; undefined: not told. */
  readonly at: number | undefined;
  readonly nodes: readonly NodeResult[];
}

/** The artifacts that tell of single nodes, the fuller one first (omnia.md sections 3.1 and 7). */
export const resultArtifacts = ['node-results', 'failed-nodes'] as const;

/**
 * Either of the two, as Omnia's roles write them: `nodes` or `failed_nodes`. Undefined for anything else, and for the
 * results of another job: they tell nothing.
 */
export function readNodeResults(text: string, jobId: string): NodeResults | undefined {
  const value = jsonIn(text);
  if (!isJsonObject(value) || !('nodes' in value || 'failed_nodes' in value)) return undefined;
  const list = failedListIn({ ...value, failed_nodes: value['nodes'] ?? value['failed_nodes'] }, jobId);
  const read = nodesIn(list);
  if (read === undefined) return undefined;
  const nodes = read.entries.map(({ bmcIp, hostname, status, message }) => {
    return { bmcIp, hostname, hasFailed: status === 'failed', message };
  });
  return { at: timeField(value, 'timestamp'), nodes };
}
