import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { groupIdentity } from '@omnia-buildstream/core/mapping/functionalGroups';
import { batches, type NodeWrite } from './bootApi.ts';
import { isSameConfig } from './bootConfig.ts';
import type { Inventory } from './inventory.ts';
import { paths } from './smd.ts';
import type { WantedNode } from './wanted.ts';

/** Registers nodes that SMD does not have. Existing nodes are not changed. */
export function componentWrites(nodes: readonly WantedNode[], inventory: Inventory): NodeWrite[] {
  const missing = nodes.filter(({ xname }) => !inventory.components.has(xname));
  return batches(missing).map((batch) => {
    const body = { Components: batch.map(componentOf) };
    return { nodes: batch, write: { method: 'POST', path: paths.components, body } };
  });
}

/** Registers or corrects the MAC and address of each node. */
export function interfaceWrites(nodes: readonly WantedNode[], inventory: Inventory): NodeWrite[] {
  return nodes.filter((wanted) => !hasInterface(wanted, inventory)).map((wanted) => interfaceWrite(wanted, inventory));
}

/** Sets boot parameters that differ, in consecutive steps. */
export function bootWrites(nodes: readonly WantedNode[], inventory: Inventory): readonly (readonly NodeWrite[])[] {
  return inventory.boot.writesFor(nodes.filter((wanted) => !hasBoot(wanted, inventory)));
}

/** Why a node's parameters must not be set; undefined if they are already correct or can be set. */
export function obstacleTo(wanted: WantedNode, inventory: Inventory): Phrase | undefined {
  return hasBoot(wanted, inventory) ? undefined : inventory.boot.obstacleTo(wanted);
}

/** What differs from the desired state; undefined if nothing does. */
export function differenceOf(wanted: WantedNode, inventory: Inventory, bootName: string): Phrase | undefined {
  const { mac, ip } = wanted.node;
  if (!inventory.components.has(wanted.xname)) return phrase(texts.noComponent, { xname: wanted.xname });
  if (!hasInterface(wanted, inventory)) return phrase(texts.noInterface, { mac, ip });
  return hasBoot(wanted, inventory) ? undefined : phrase(texts.noBoot, { api: bootName, mac });
}

function hasBoot(wanted: WantedNode, { boot }: Inventory): boolean {
  return isSameConfig(boot.configOf(wanted), wanted.config);
}

function hasInterface({ node, xname }: WantedNode, { interfaces }: Inventory): boolean {
  const found = interfaces.get(node.mac);
  return found?.componentId === xname && found.ips.includes(node.ip);
}

/** The node's power state is unknown here, so no state is claimed that SMD would have to observe itself. */
function componentOf({ xname, node, number }: WantedNode): object {
  const arch = groupIdentity(node.role)?.architecture === 'aarch64' ? 'ARM' : 'X86';
  return { ID: xname, NID: number, State: 'Unknown', Enabled: true, Role: 'Compute', Arch: arch };
}

function interfaceWrite(wanted: WantedNode, { interfaces }: Inventory): NodeWrite {
  const { node, xname } = wanted;
  const known = interfaces.get(node.mac);
  const about = { ComponentID: xname, Description: node.hostname };
  const own = { IPAddress: node.ip };
  if (known === undefined) {
    const body = { MACAddress: node.mac, ...about, IPAddresses: [own] };
    return { nodes: [wanted], write: { method: 'POST', path: paths.interfaces, body } };
  }
  // A change replaces the list, so addresses of others are sent again; the first address is the one that DHCP assigns.
  const others = known.addresses.filter((_, index) => known.ips[index] !== node.ip);
  const before = known.addresses.find((_, index) => known.ips[index] === node.ip);
  const path = `${paths.interfaces}/${encodeURIComponent(known.id)}`;
  const body = { ...about, IPAddresses: [before ?? own, ...others] };
  return { nodes: [wanted], write: { method: 'PATCH', path, body } };
}
