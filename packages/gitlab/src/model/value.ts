/**
 * Readers of unknown JSON. The fields that servers send depend on their age, so only indispensable ones are required;
 * any other field that is missing or has another type is undefined.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A response lacks something indispensable. */
export class AnswerError extends Error {
  constructor(what: string) {
    super(`the answer has no ${what}`);
    this.name = 'AnswerError';
  }
}

/** @throws AnswerError if it is not an object. */
export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AnswerError(what);
  return value as JsonObject;
}

export function optionalObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** @throws AnswerError if it is not a list. */
export function listOf<T>(value: unknown, what: string, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new AnswerError(what);
  return value.map((item: unknown) => read(item));
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** @throws AnswerError if it is not a string. */
export function demandText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new AnswerError(what);
  return value;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** @throws AnswerError if it is not a number. */
export function demandNumber(value: unknown, what: string): number {
  const found = number(value);
  if (found === undefined) throw new AnswerError(what);
  return found;
}

/** A time in milliseconds since 1970. Undefined if it is invalid. */
export function timeMs(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}
