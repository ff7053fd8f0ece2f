import { nodesFromMenu } from '../../nodes/commandNodes.ts';
import type { MarkWish } from './markAndRetry.ts';

/** Target of "Mark Booted and Retry…": a pipeline or job of the Pipelines view, nodes of the Nodes view, or nothing. */
export function markWish(given: unknown, selected: unknown): MarkWish {
  const rootId = rootIdOf(given);
  const nodes = rootId === undefined ? (nodesFromMenu([given, selected]) ?? []) : [];
  return { rootId, bmcIps: nodes.map(({ bmcIp }) => bmcIp) };
}

function rootIdOf(given: unknown): number | undefined {
  if (typeof given !== 'object' || given === null || !('rootId' in given)) return undefined;
  return typeof given.rootId === 'number' ? given.rootId : undefined;
}
