import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isSameConfig, type BootConfig } from './bootConfig.ts';
import type { WantedNode } from './wanted.ts';

/** An entry of boot-service: a configuration and what it applies to. */
export interface BootEntry {
  /** Position in the response; the legacy API uses this order. */
  readonly index: number;
  /** Empty for the legacy API, which does not report it. */
  readonly uid: string;
  readonly name: string;
  /** In the spelling of the service. */
  readonly macs: readonly string[];
  /** xnames, `*` or `default`. */
  readonly hosts: readonly string[];
  /** Whether it also names nodes by number or group. */
  readonly isBroader: boolean;
  readonly priority: number;
  readonly config: BootConfig;
}

/** How an entry changes. */
export interface EntryChange {
  readonly entry: BootEntry;
  readonly macs: readonly string[];
  readonly config: BootConfig;
  /** The nodes whose parameters the change sets or moves. */
  readonly nodes: readonly WantedNode[];
}

export interface EntryChanges {
  readonly changes: readonly EntryChange[];
  /** Nodes for which no entry is left: they get a new one. */
  readonly homeless: readonly WantedNode[];
  /** The highest priority among the entries that name a node. */
  readonly priorityOf: (node: WantedNode) => number;
}

/**
 * The changes that set the configuration of nodes in entries that they may share with other nodes: an entry that is
 * only for these nodes gets the new configuration; any other entry loses them. No entry is ever left naming nothing,
 * because boot-service treats such an entry as the default for all nodes.
 */
export function entryChanges(nodes: readonly WantedNode[], entries: readonly BootEntry[]): EntryChanges {
  const wanted = new Map(nodes.map((one) => [one.node.mac, one]));
  const settled = new Set<WantedNode>();
  const priorities = new Map<WantedNode, number>();
  const changes = entries.flatMap((entry): EntryChange[] => {
    const here = entry.macs.flatMap((mac) => wanted.get(normaliseMac(mac)) ?? []);
    const [first] = here;
    if (first === undefined) return [];
    for (const one of here) priorities.set(one, Math.max(entry.priority, priorities.get(one) ?? 0));
    const isOurs = here.length === entry.macs.length && entry.hosts.length === 0 && !entry.isBroader;
    const config = isOurs ? first.config : entry.config;
    const stay = here.filter((one) => isOurs && isSameConfig(one.config, config));
    for (const one of stay) settled.add(one);
    const leave = new Set(here.filter((one) => !stay.includes(one)).map(({ node }) => node.mac));
    const macs = entry.macs.filter((mac) => !leave.has(normaliseMac(mac)));
    if (leave.size === 0 && isSameConfig(entry.config, config)) return [];
    return [{ entry, macs, config, nodes: here }];
  });
  const homeless = nodes.filter((one) => !settled.has(one));
  return { changes, homeless, priorityOf: (one) => priorities.get(one) ?? 0 };
}

/**
 * The entry that boot-service chooses for a node: a MAC scores 100, an xname 50; then priority decides, then the name.
 * Entries for numbers or groups score less than an entry for the MAC.
 */
export function chosenFor({ node, xname }: WantedNode, entries: readonly BootEntry[]): BootEntry | undefined {
  const score = ({ macs, hosts }: BootEntry): number =>
    100 * macs.filter((mac) => normaliseMac(mac) === node.mac).length +
    50 * hosts.filter((host) => host === xname || host === '*').length;
  const [best] = entries
    .filter((entry) => score(entry) > 0)
    .sort((a, b) => score(b) - score(a) || b.priority - a.priority || (a.name < b.name ? -1 : 1));
  return best;
}
