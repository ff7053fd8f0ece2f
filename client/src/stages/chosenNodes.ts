import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { currentNodes, nodesFromMenu } from '../nodes/commandNodes.ts';
import { pickNodes } from '../nodes/pickNodes.ts';
import type { StageContext } from './stageContext.ts';

/** The nodes of a command that has to do with BMCs: selected in the view, or asked for. Empty: none are meant. */
export async function chosenNodes(
  { nodes }: StageContext,
  args: readonly unknown[],
  title: string,
): Promise<readonly NodeInfo[]> {
  const hasBmc = ({ bmcIp, row }: NodeInfo): boolean => bmcIp !== '' && row !== undefined;
  const given = nodesFromMenu(args);
  if (given !== undefined) return given.filter(hasBmc);
  return (await pickNodes((await currentNodes(nodes)).filter(hasBmc), title)) ?? [];
}
