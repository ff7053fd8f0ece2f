import { isJsonObject } from './jsonFields.ts';
import type { Phrase, Said } from './phrase.ts';

/** None of our own texts is nested deeper than this. */
const mostDepth = 8;

/** What was said, from JSON that it was stored in; undefined for anything else. Never throws. */
export function readSaid(value: unknown, depth = 0): Said | undefined {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value) || depth > mostDepth) return undefined;
  const { message, params, parts, separator } = value;
  if (typeof message === 'string') return readPhrase(message, params, depth);
  if (!Array.isArray(parts) || typeof separator !== 'string') return undefined;
  const said = parts.map((part) => readSaid(part, depth + 1));
  return said.every((part) => part !== undefined) ? { parts: said, separator } : undefined;
}

function readPhrase(message: string, params: unknown, depth: number): Phrase | undefined {
  if (!isJsonObject(params)) return undefined;
  const read: Record<string, number | Said> = {};
  for (const [name, value] of Object.entries(params)) {
    const one = typeof value === 'number' ? value : readSaid(value, depth + 1);
    if (one === undefined) return undefined;
    read[name] = one;
  }
  return { message, params: read };
}
