import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { currentNodes, nodesFromMenu } from '../nodes/commandNodes.ts';
import { pickNodes } from '../nodes/pickNodes.ts';
import type { StageContext } from './stageContext.ts';

/** Nodes for a command that uses their BMCs: those selected in the view, else those the user picks. May be empty. */
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
