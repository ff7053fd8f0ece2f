import type { FailedNode, FailedNodes } from '../failedNodes/types.ts';
import { nodesIn } from '../plan/failedList.ts';
import { only } from './factOf.ts';
import type { NodeFact } from './nodeFacts.ts';

/**
 * When the list that says that a node failed was written, ISO 8601 by the clock of its writer. Undefined: unknown.
 * @param message of the entry that decided
 */
export function failedSince(facts: readonly NodeFact[], message: string): string | undefined {
  const told = only(facts, 'failed-nodes-told')?.told;
  const list = only(facts, 'failed-nodes')?.list;
  const lists: readonly (Pick<FailedNodes, 'timestamp' | 'entries'> | undefined)[] = [
    told && { timestamp: told.at, entries: told.failed },
    list && nodesIn(list),
    only(facts, 'state-here')?.side.failedNodes,
  ];
  const isIt = (entry: FailedNode): boolean => entry.status !== 'success' && entry.message === message;
  return lists.find((one) => one?.entries.some(isIt) === true)?.timestamp;
}
