import type { NodeInfo } from '@omnia-buildstream/server/protocol';

/** A Slurm worker as described by the language server. */
export function nodeInfo(number: number, changes: Partial<NodeInfo> = {}): NodeInfo {
  return {
    hostname: `node${String(number)}`,
    role: 'slurm_node_x86_64',
    group: 'grp1',
    bmcIp: `172.17.107.${String(number)}`,
    serviceTag: `TAG${String(number).padStart(4, '0')}`,
    state: 'ok',
    row: number,
    ...changes,
  };
}
