import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';

/** The failed_nodes.json of a project, as a restart of one job takes it. */
export type FailedNodesFile =
  | { readonly kind: 'none' }
  /** It belongs to another job, so it is not uploaded. */
  | { readonly kind: 'other-job'; readonly jobId: string }
  /** The restart stage would fail on it. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'ours'; readonly nodes: FailedNodes; readonly content: Uint8Array };

/** The failed nodes go along with a restart, as the pipeline does it (omnia.md section 3.3), unless another job's. */
export function failedNodesFor(jobId: string, content: Uint8Array | undefined): FailedNodesFile {
  if (content === undefined) return { kind: 'none' };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(content)) as unknown;
  } catch {
    return { kind: 'broken' };
  }
  const owner = isJsonObject(value) ? textField(value, 'job_id') : undefined;
  if (owner !== undefined && owner !== '' && owner.toLowerCase() !== jobId.toLowerCase()) {
    return { kind: 'other-job', jobId: owner };
  }
  const reading = readFailedNodes(value);
  return reading.problems === undefined ? { kind: 'ours', nodes: reading.value, content } : { kind: 'broken' };
}
