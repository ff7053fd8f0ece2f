import type { NodeWrite } from './bootApi.ts';
import { instancesPath, withoutHostname, type ReportState } from './reportState.ts';
import { paths } from './smd.ts';
import type { WantedNode } from './wanted.ts';

/** What a node needs besides boot parameters, as far as it is written from here. */
export type Need = 'group' | 'hostname';

export interface NeedWrite extends NodeWrite {
  readonly need: Need;
}

/**
 * Adds each node to the group of its role, from which it gets cloud-init data, and sets its hostname. Only missing
 * entries are written: other members, and a hostname that someone else set, are kept.
 */
export function reportWrites(nodes: readonly WantedNode[], { groups, metadata }: ReportState): NeedWrite[] {
  return [
    ...(groups === undefined ? [] : groupWrites(nodes, groups)),
    ...withoutHostname(nodes, metadata).map(hostnameWrite),
  ];
}

export function groupOf({ node }: WantedNode): string {
  return node.role.toLowerCase();
}

function groupWrites(nodes: readonly WantedNode[], groups: NonNullable<ReportState['groups']>): NeedWrite[] {
  const missing = new Map<string, WantedNode[]>();
  for (const one of nodes) {
    const label = groupOf(one);
    if (groups.get(label)?.has(one.xname) === true) continue;
    missing.set(label, [...(missing.get(label) ?? []), one]);
  }
  return [...missing].flatMap(([label, outside]): NeedWrite[] => {
    if (!groups.has(label)) {
      const body = { label, members: { ids: outside.map(({ xname }) => xname) } };
      return [{ need: 'group', nodes: outside, write: { method: 'POST', path: paths.groups, body } }];
    }
    const path = `${paths.groups}/${encodeURIComponent(label)}/members`;
    return outside.map((one) => {
      return { need: 'group', nodes: [one], write: { method: 'POST', path, body: { id: one.xname } } };
    });
  });
}

function hostnameWrite(wanted: WantedNode): NeedWrite {
  const { xname } = wanted;
  const { hostname } = wanted.node;
  const body = { metadata: { name: xname }, spec: { instance_id: xname, hostname, local_hostname: hostname } };
  return { need: 'hostname', nodes: [wanted], write: { method: 'POST', path: instancesPath, body } };
}
