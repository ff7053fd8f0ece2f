import { groupIdentity } from '@omnia-buildstream/core/mapping/functionalGroups';
import { paths, type BootConfig, type Inventory } from './inventory.ts';
import type { Write } from './service.ts';
import type { WantedNode } from './wanted.ts';

/** A write and the nodes it is for. */
export interface NodeWrite {
  readonly nodes: readonly WantedNode[];
  readonly write: Write;
}

const batchSize = 100;

/** Registers nodes that SMD does not have. One that it has is left as it is. */
export function componentWrites(nodes: readonly WantedNode[], inventory: Inventory): NodeWrite[] {
  const missing = nodes.filter(({ xname }) => !inventory.components.has(xname));
  return batches(missing).map((batch) => {
    const body = { Components: batch.map(componentOf) };
    return { nodes: batch, write: { method: 'POST', path: paths.components, body } };
  });
}

/** Registers MAC and address of each node, or corrects them. */
export function interfaceWrites(nodes: readonly WantedNode[], inventory: Inventory): NodeWrite[] {
  return nodes.filter((wanted) => !hasInterface(wanted, inventory)).map((wanted) => interfaceWrite(wanted, inventory));
}

/** Sets boot parameters that differ; nodes that boot the same share a request. */
export function bootWrites(nodes: readonly WantedNode[], inventory: Inventory): NodeWrite[] {
  const groups = new Map<string, WantedNode[]>();
  for (const wanted of nodes.filter((one) => !hasBoot(one, inventory))) {
    const key = JSON.stringify(wanted.config);
    groups.set(key, [...(groups.get(key) ?? []), wanted]);
  }
  return [...groups.values()].flatMap(batches).map((batch) => {
    const body = { macs: batch.map(({ node }) => node.mac), ...batch[0]?.config };
    return { nodes: batch, write: { method: 'PUT', path: paths.bootParameters, body } };
  });
}

/** What is not as it shall be; undefined when everything is. */
export function differenceOf(wanted: WantedNode, inventory: Inventory): string | undefined {
  if (!inventory.components.has(wanted.xname)) return `SMD has no component ${wanted.xname}`;
  if (!hasInterface(wanted, inventory)) return `SMD does not show ${wanted.node.mac} with ${wanted.node.ip}`;
  return hasBoot(wanted, inventory) ? undefined : `BSS does not show the boot parameters of ${wanted.node.mac}`;
}

/** Boot parameters that BSS has for the node: by MAC, or by xname where it keeps them so. */
export function bootOf({ node, xname }: WantedNode, { boot }: Inventory): BootConfig | undefined {
  return boot.get(node.mac) ?? boot.get(xname);
}

function hasBoot(wanted: WantedNode, inventory: Inventory): boolean {
  const found = bootOf(wanted, inventory);
  const { kernel, initrd, params } = wanted.config;
  return found?.kernel === kernel && found.initrd === initrd && found.params === params;
}

function hasInterface({ node, xname }: WantedNode, { interfaces }: Inventory): boolean {
  const found = interfaces.get(node.mac);
  return found?.componentId === xname && found.ips.includes(node.ip);
}

/** Its power is not known here, so no state is claimed that SMD would have to have seen. */
function componentOf({ xname, node }: WantedNode): object {
  const arch = groupIdentity(node.role)?.architecture === 'aarch64' ? 'ARM' : 'X86';
  return { ID: xname, State: 'Unknown', Enabled: true, Role: 'Compute', Arch: arch };
}

function interfaceWrite(wanted: WantedNode, { interfaces }: Inventory): NodeWrite {
  const { node, xname } = wanted;
  const known = interfaces.get(node.mac);
  const about = { ComponentID: xname, Description: node.hostname, IPAddresses: [{ IPAddress: node.ip }] };
  if (known === undefined) {
    return {
      nodes: [wanted],
      write: { method: 'POST', path: paths.interfaces, body: { MACAddress: node.mac, ...about } },
    };
  }
  const path = `${paths.interfaces}/${encodeURIComponent(known.id)}`;
  return { nodes: [wanted], write: { method: 'PATCH', path, body: about } };
}

function batches(nodes: readonly WantedNode[]): WantedNode[][] {
  return Array.from({ length: Math.ceil(nodes.length / batchSize) }, (_, index) =>
    nodes.slice(index * batchSize, (index + 1) * batchSize),
  );
}
