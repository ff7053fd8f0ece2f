import type { Template } from '../text/message.ts';

/**
 * What both files together say about a node.
 * - `ok`: no entry of the last run. `new`: none either, but the row is not committed yet.
 * - `failed`: an entry that is not `success`. `marked`: the operator set `success`; of several entries one is enough.
 * - `not-in-mapping`: only failed_nodes.json has it. `unknown`: there is no failed_nodes.json.
 */
export type NodeState = 'ok' | 'new' | 'failed' | 'marked' | 'not-in-mapping' | 'unknown';

export const nodeStates: readonly NodeState[] = ['failed', 'marked', 'not-in-mapping', 'new', 'ok', 'unknown'];

export const nodeStateTexts: Readonly<Record<NodeState, Template>> = {
  ok: 'did not fail in the last run',
  new: 'new: its row is not committed yet',
  failed: 'failed in the last run',
  marked: 'marked as successful by hand',
  'not-in-mapping': 'not in the mapping file',
  unknown: 'not known: there is no failed_nodes.json',
};
