import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';

/** What the restart stage reads from a row of the mapping file. */
export type MappedNode = Pick<Target, 'bmcIp' | 'hostname' | 'serviceTag'>;

/** The nodes of a mapping file of 2.2 that have a BMC. */
export function mappedNodes(csv: string): MappedNode[] {
  return targetsOf(csv, '2.2').filter(({ bmcIp }) => bmcIp !== '');
}
