import { isJsonObject, textField, type JsonObject } from '../text/jsonFields.ts';

/** What a BMC said of its power: a state of Redfish, or why it said none (`message` in the language of who asked). */
export type PowerSaid =
  | { readonly power: string; readonly error?: undefined }
  | { readonly power?: undefined; readonly error: string; readonly message: string };

/** Something that was seen of a node; `at` in milliseconds since the epoch, by the clock of who saw it. */
type Seen<Said> = ReadonlyMap<string, Said & { readonly at: number }>;

/**
 * What somebody has seen of nodes besides restarts, by the address of the BMC: kept in a file of the project, without words,
 * so that every window shows it in its own language.
 */
export interface SeenNodes {
  readonly power: Seen<PowerSaid>;
  /** The image that a list of images gave it. */
  readonly image: Seen<{ readonly image: string }>;
}

export const nothingSeen: SeenNodes = { power: new Map(), image: new Map() };

/** A project has so many nodes; what is older than that goes. */
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

export function renderSeen({ power, image }: SeenNodes): string {
  return `${JSON.stringify({ power: entries(power), image: entries(image) }, undefined, 1)}\n`;
}

function entries<Said>(seen: Seen<Said>): object {
  const all = [...seen].map(([address, said]) => [address, { ...said, at: new Date(said.at).toISOString() }] as const);
  return Object.fromEntries(all);
}

/** A text that is none tells nothing. Never throws. */
export function readSeen(text: string | undefined): SeenNodes {
  const value = jsonOf(text);
  if (!isJsonObject(value)) return nothingSeen;
  return { power: readPart(value['power'], powerIn), image: readPart(value['image'], imageIn) };
}

function readPart<Said>(part: unknown, read: (object: JsonObject) => Said | undefined): Seen<Said> {
  if (!isJsonObject(part)) return new Map();
  return new Map(
    Object.keys(part).flatMap((address) => {
      const object = part[address];
      if (!isJsonObject(object)) return [];
      const [said, at] = [read(object), Date.parse(textField(object, 'at') ?? '')];
      return said === undefined || Number.isNaN(at) ? [] : [[address, { ...said, at }] as const];
    }),
  );
}

function powerIn(object: JsonObject): PowerSaid | undefined {
  const power = textField(object, 'power');
  if (power !== undefined) return { power };
  const error = textField(object, 'error');
  return error === undefined ? undefined : { error, message: textField(object, 'message') ?? '' };
}

function imageIn(object: JsonObject): { readonly image: string } | undefined {
  const image = textField(object, 'image');
  return image === undefined ? undefined : { image };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
