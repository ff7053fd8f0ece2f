import type { LabKind } from '../cluster/kinds.ts';
import { hostnameOf } from './mappingFile.ts';

/** The purpose of a lab node, as in its row of the mapping file. */
export interface NodePlace {
  readonly hostname: string;
  /** FUNCTIONAL_GROUP_NAME. */
  readonly role: string;
  /** GROUP_NAME. */
  readonly group: string;
  /** Index of the node that serves it. Undefined for none. */
  readonly parent: number | undefined;
}

/** The place of node `index`, counted from 0. */
export type Layout = (index: number) => NodePlace;

const nodesInGroup = 100;
const mostGroups = 99;

/** One slurm_control_node, then workers: enough for booting nodes. */
export const slurmLayout: Layout = (index) => ({
  hostname: hostnameOf(index),
  role: index === 0 ? 'slurm_control_node_x86_64' : 'slurm_node_x86_64',
  group: index === 0 ? 'grp0' : `grp${String(1 + (Math.floor(index / nodesInGroup) % mostGroups))}`,
  parent: undefined,
});

interface Head {
  readonly role: string;
  readonly name: string;
  readonly count: number;
}

/** The nodes before the workers: a Kubernetes service cluster, the Slurm control node, and nodes for user logins. */
const heads: readonly Head[] = [
  { role: 'service_kube_control_plane_x86_64', name: 'kube-control', count: 3 },
  { role: 'service_kube_node_x86_64', name: 'kube-node', count: 2 },
  { role: 'slurm_control_node_x86_64', name: 'slurm-control', count: 1 },
  { role: 'login_node_x86_64', name: 'login', count: 1 },
  { role: 'login_compiler_node_x86_64', name: 'compiler', count: 1 },
];
const firstKubeNode = 3;
const kubeNodes = 2;
/** A scalable unit: the workers that one kube node serves share a GROUP_NAME, because a group has one parent. */
const workersInUnit = 26;

/** A whole cluster: Kubernetes, Slurm and login nodes; every worker has a kube node as parent. */
export const clusterLayout: Layout = (index) => {
  let first = 0;
  for (const [place, { role, name, count }] of heads.entries()) {
    if (index < first + count) {
      const hostname = count === 1 ? name : `${name}${String(index - first + 1)}`;
      return { hostname, role, group: `grp${String(place)}`, parent: undefined };
    }
    first += count;
  }
  const worker = index - first;
  const unit = Math.floor(worker / workersInUnit);
  return {
    hostname: `slurm-node${String(worker + 1)}`,
    role: 'slurm_node_x86_64',
    group: `grp${String(heads.length + (unit % (mostGroups - heads.length)))}`,
    parent: firstKubeNode + (unit % kubeNodes),
  };
};

/** The cluster with the roles of a version: those of 2.3 name an OS release (omnia.md section 1.4). */
export function clusterLayoutOf({ osRelease }: Pick<LabKind, 'osRelease'>): Layout {
  if (osRelease === undefined) return clusterLayout;
  return (index) => {
    const place = clusterLayout(index);
    return { ...place, role: place.role.replace(/_x86_64$/, `_${osRelease}_x86_64`) };
  };
}
