import type { Phrase } from '@omnia-buildstream/core/text/phrase';
import type { BootConfig } from './bootConfig.ts';
import type { Write } from './service.ts';
import type { WantedNode } from './wanted.ts';

/** A write and the nodes that it is for. */
export interface NodeWrite {
  readonly nodes: readonly WantedNode[];
  readonly write: Write;
}

/** What the service shows at one point in time. */
export interface BootShown {
  /** The configuration that the service chooses for a node; undefined if none names it. */
  readonly configOf: (wanted: WantedNode) => BootConfig | undefined;
  /** Why a node's parameters cannot be set without damaging entries of others. */
  readonly obstacleTo: (wanted: WantedNode) => Phrase | undefined;
  /** The writes that set the parameters of these nodes, in consecutive steps. None may be sent twice. */
  readonly writesFor: (nodes: readonly WantedNode[]) => readonly (readonly NodeWrite[])[];
}

/** A service that stores boot parameters, and the format that it requires (openchami.md sections 2 and 3). */
export interface BootApi {
  /** Name for people. */
  readonly name: string;
  /** Path from which all boot parameters are read. */
  readonly path: string;
  /** Path of the nodes that the service knows; undefined if it does not need to know them. */
  readonly nodesPath: string | undefined;
  /** Whether it treats a node without a Redfish endpoint in SMD as unknown. */
  readonly needsEndpoints: boolean;
  /** Whether a response to GET is from this service. */
  readonly recognises: (answer: unknown) => boolean;
  /** @throws ProvisionError if the response is not valid */
  readonly shownIn: (answer: unknown) => BootShown;
}

const batchSize = 100;

/** Groups nodes with the same configuration into batches: each batch shares one request. */
export function byConfig(nodes: readonly WantedNode[]): WantedNode[][] {
  const groups = new Map<string, WantedNode[]>();
  for (const wanted of nodes) {
    const key = JSON.stringify(wanted.config);
    groups.set(key, [...(groups.get(key) ?? []), wanted]);
  }
  return [...groups.values()].flatMap(batches);
}

export function batches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize),
  );
}
