import { isJsonObject, textField, type JsonObject, timeIn } from '@omnia-buildstream/core/text/jsonFields';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { errorTexts } from '../errors/texts.ts';
import { OimError } from '../oimError.ts';

/** Reads the JSON object of a response; any other text is an unexpected response. @throws OimError */
export function objectIn(text: string, what: string): JsonObject {
  const value = jsonIn(text);
  if (isJsonObject(value)) return value;
  throw unexpected(phrase(errorTexts.noJson, { what }));
}

/** Undefined if the text is not JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function demandText(object: JsonObject, name: string, what: string): string {
  const value = textField(object, name);
  if (value !== undefined && value !== '') return value;
  throw unexpected(phrase(errorTexts.lacks, { what, name }));
}

export function listField(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isJsonObject) : [];
}

export function objectField(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  return isJsonObject(value) ? value : undefined;
}

/** The trimmed text; undefined if it is empty, null, or missing. */
export function saidField(object: JsonObject, name: string): string | undefined {
  const value = textField(object, name)?.trim();
  return value === '' ? undefined : value;
}

/**
 * A time in milliseconds since the epoch; some values have two time zones, `2026-04-10T16:32:15+00:00Z` (omnia.md
 * section 7).
 */
export function timeField(object: JsonObject, name: string): number | undefined {
  return timeIn(saidField(object, name));
}

function unexpected(what: Phrase): OimError {
  return new OimError('unexpected-answer', [what, phrase(errorTexts.checkAddress)]);
}
