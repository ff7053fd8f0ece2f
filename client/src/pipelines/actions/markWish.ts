import { nodesFromMenu } from '../../nodes/commandNodes.ts';
import type { MarkWish } from './markAndRetry.ts';

/** What "Mark Booted and Retry…" was called for: a pipeline or job of the view, nodes of the other one, or nothing. */
export function markWish(given: unknown, selected: unknown): MarkWish {
  const rootId = rootIdOf(given);
  const nodes = rootId === undefined ? (nodesFromMenu([given, selected]) ?? []) : [];
  return { rootId, bmcIps: nodes.map(({ bmcIp }) => bmcIp) };
}

function rootIdOf(given: unknown): number | undefined {
  if (typeof given !== 'object' || given === null || !('rootId' in given)) return undefined;
  return typeof given.rootId === 'number' ? given.rootId : undefined;
}
