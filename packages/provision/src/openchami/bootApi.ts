import type { Phrase } from '@omnia-buildstream/core/text/phrase';
import type { BootConfig } from './bootConfig.ts';
import type { Write } from './service.ts';
import type { WantedNode } from './wanted.ts';

/** A write and the nodes it is for. */
export interface NodeWrite {
  readonly nodes: readonly WantedNode[];
  readonly write: Write;
}

/** What the service shows at one moment. */
export interface BootShown {
  /** The configuration that the service chooses for a node; undefined: none that names it. */
  readonly configOf: (wanted: WantedNode) => BootConfig | undefined;
  /** Why a node's parameters cannot be set without spoiling what others have put there. */
  readonly obstacleTo: (wanted: WantedNode) => Phrase | undefined;
  /** What sets the parameters of these nodes, in steps that follow each other. None of it twice. */
  readonly writesFor: (nodes: readonly WantedNode[]) => readonly (readonly NodeWrite[])[];
}

/** A service that keeps boot parameters, and how it wants them (openchami.md sections 2 and 3). */
export interface BootApi {
  /** For people. */
  readonly name: string;
  /** Where all of it is read. */
  readonly path: string;
  /** Where the nodes are that it knows; undefined: it needs none. */
  readonly nodesPath: string | undefined;
  /** Whether it takes a node without a Redfish endpoint in SMD for unknown. */
  readonly needsEndpoints: boolean;
  /** Whether an answer to GET is this service's. */
  readonly recognises: (answer: unknown) => boolean;
  /** @throws ProvisionError when the answer is none */
  readonly shownIn: (answer: unknown) => BootShown;
}

const batchSize = 100;

/** Nodes that boot the same, in batches: they share a request. */
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
