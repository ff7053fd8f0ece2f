import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { BootConfig } from './bootConfig.ts';
import { numbersFor } from './nodeNumbers.ts';
import type { SmdInventory } from './smd.ts';

/** The desired state of a node in SMD and in the service with the boot parameters. */
export interface WantedNode {
  readonly node: BootNode;
  readonly xname: string;
  readonly config: BootConfig;
  /** Number (NID) that it gets if SMD does not have the node yet. */
  readonly number: number;
  /** MAC of another interface that already has the node's address. */
  readonly takenBy: string | undefined;
}

/**
 * The mapping file has no xnames. A MAC that SMD knows keeps its xname; the others get the free xnames of chassis
 * x1000c0s0 in the order of the mapping file, so the same file always results in the same names.
 */
export function wantedNodes(nodes: readonly BootNode[], { components, interfaces }: SmdInventory): WantedNode[] {
  const names = [...interfaces.values()].map(({ componentId }) => componentId);
  const taken = new Set([...components.keys(), ...names]);
  let slot = 0;
  const nextFree = (): string => {
    while (taken.has(xnameAt(slot))) slot++;
    return xnameAt(slot++);
  };
  const macOf = new Map([...interfaces.values()].flatMap(({ mac, ips }) => ips.map((ip) => [ip, mac] as const)));
  const named = nodes.map((node) => {
    const known = interfaces.get(node.mac)?.componentId ?? '';
    const holder = macOf.get(node.ip);
    const takenBy = holder === node.mac ? undefined : holder;
    const { kernel, initrd } = node.boot;
    const config = { kernel, initrd, params: kernelParams(node.boot) };
    return { node, xname: known === '' ? nextFree() : known, config, takenBy };
  });
  const numbers = numbersFor(named, components);
  return named.map((one, index) => ({ ...one, number: numbers[index] ?? index + 1 }));
}

function xnameAt(slot: number): string {
  return `x1000c0s0b${String(slot)}n0`;
}
