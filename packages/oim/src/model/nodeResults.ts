import { failedListIn, nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { jsonIn, timeField } from './read.ts';

/** The result of a restart for one node. */
export interface NodeResult {
  readonly bmcIp: string;
  /** Empty if the API does not report it. */
  readonly hostname: string;
  readonly hasFailed: boolean;
  /** Empty if there is none. */
  readonly message: string;
}

export interface NodeResults {
  /**
   * When the results were written, in milliseconds since the epoch by the management server's clock; undefined if
   * unknown.
   */
  readonly at: number | undefined;
  readonly nodes: readonly NodeResult[];
}

/** The artifacts with the results of single nodes, the more complete one first (omnia.md sections 3.1 and 7). */
export const resultArtifacts = ['node-results', 'failed-nodes'] as const;

/**
 * Reads either artifact as Omnia's roles write them, with `nodes` or `failed_nodes`. Undefined for anything else, and
 * for the results of another job, which say nothing about this one.
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
