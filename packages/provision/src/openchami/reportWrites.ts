import { instancesPath, type ReportState } from './reportState.ts';
import type { Write } from './service.ts';
import { paths } from './smd.ts';
import type { WantedNode } from './wanted.ts';

/**
 * Puts each node into the group of its role, whose cloud-init data it gets, and tells its hostname. Only what is not there:
 * other members, and a hostname that somebody else has set, stay.
 */
export function reportWrites(nodes: readonly WantedNode[], { groups, metadata }: ReportState): Write[] {
  return [
    ...(groups === undefined ? [] : groupWrites(nodes, groups)),
    ...nodes.filter(({ xname }) => metadata?.hostnames?.has(xname) === false).map(hostnameWrite),
  ];
}

export function groupOf({ node }: WantedNode): string {
  return node.role.toLowerCase();
}

function groupWrites(nodes: readonly WantedNode[], groups: NonNullable<ReportState['groups']>): Write[] {
  const missing = new Map<string, string[]>();
  for (const one of nodes) {
    const label = groupOf(one);
    if (groups.get(label)?.has(one.xname) === true) continue;
    missing.set(label, [...(missing.get(label) ?? []), one.xname]);
  }
  return [...missing].flatMap(([label, ids]): Write[] => {
    if (!groups.has(label)) return [{ method: 'POST', path: paths.groups, body: { label, members: { ids } } }];
    const path = `${paths.groups}/${encodeURIComponent(label)}/members`;
    return ids.map((id) => ({ method: 'POST', path, body: { id } }));
  });
}

function hostnameWrite({ node: { hostname }, xname }: WantedNode): Write {
  const spec = { instance_id: xname, hostname, local_hostname: hostname };
  return { method: 'POST', path: instancesPath, body: { metadata: { name: xname }, spec } };
}
