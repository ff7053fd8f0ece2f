import type { Said } from '../text/phrase.ts';

/** What a BMC said about its power: a state of Redfish, or why it said nothing. */
export type PowerSaid =
  | { readonly power: string; readonly error?: undefined }
  | { readonly power?: undefined; readonly error: string; readonly said: Said };

/** Something that was seen of a node; `at` in milliseconds since the epoch, by the observer's clock. */
export type Seen<Said> = ReadonlyMap<string, Said & { readonly at: number }>;

/**
 * What has been seen of nodes besides restarts, by the address of the BMC: kept in a file of the project, without
 * words, so that every window shows it in its own language.
 */
export interface SeenNodes {
  readonly power: Seen<PowerSaid>;
  /** The image that a deploy from here gave it. */
  readonly image: Seen<{ readonly image: string }>;
}

export const nothingSeen: SeenNodes = { power: new Map(), image: new Map() };

/** A project has at most this many nodes; anything older is dropped. */
const mostNodes = 20_000;

/** The newest of each. */
export function withSeen(before: SeenNodes, more: Partial<SeenNodes>): SeenNodes {
  return { power: newest(before.power, more.power), image: newest(before.image, more.image) };
}

function newest<Said>(before: Seen<Said>, more: Seen<Said> = new Map()): Seen<Said> {
  const all = new Map(before);
  for (const [address, seen] of more) {
    const known = all.get(address);
    if (known === undefined || known.at <= seen.at) all.set(address, seen);
  }
  if (all.size <= mostNodes) return all;
  return new Map([...all].sort(([, one], [, other]) => other.at - one.at).slice(0, mostNodes));
}
