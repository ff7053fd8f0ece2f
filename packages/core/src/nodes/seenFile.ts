import { isJsonObject, jsonObjectIn, textField, type JsonObject } from '../text/jsonFields.ts';
import { readSaid } from '../text/readSaid.ts';
import { nothingSeen, type PowerSaid, type Seen, type SeenNodes } from './seenNodes.ts';

export function renderSeen({ power, image }: SeenNodes): string {
  return `${JSON.stringify({ power: entries(power), image: entries(image) }, undefined, 1)}\n`;
}

function entries<Said>(seen: Seen<Said>): object {
  const all = [...seen].map(([address, said]) => [address, { ...said, at: new Date(said.at).toISOString() }] as const);
  return Object.fromEntries(all);
}

/** A text that is not one says nothing. Never throws. */
export function readSeen(text: string | undefined): SeenNodes {
  const value = jsonObjectIn(text ?? '');
  if (value === undefined) return nothingSeen;
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
  return error === undefined ? undefined : { error, said: readSaid(object['said']) ?? '' };
}

function imageIn(object: JsonObject): { readonly image: string } | undefined {
  const image = textField(object, 'image');
  return image === undefined ? undefined : { image };
}
