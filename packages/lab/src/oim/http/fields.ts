import type { OimRequest } from './exchange.ts';

/** One validation error of a request, as FastAPI writes it. */
export interface Fault {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input?: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** 422: a list of validation errors, or a sentence. */
export class Unprocessable extends Error {
  readonly detail: readonly Fault[] | string;

  constructor(detail: readonly Fault[] | string) {
    super('unprocessable');
    this.detail = detail;
  }
}

export function missing(loc: Fault['loc'], input: unknown): Fault {
  return { type: 'missing', loc, msg: 'Field required', input };
}

/** The object in a JSON body. @throws Unprocessable */
export function jsonBody({ bytes }: OimRequest): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) throw new Unprocessable([missing(['body'], null)]);
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const isInObject = text.trimEnd().endsWith('{');
    const ctx = { error: isInObject ? 'Expecting property name enclosed in double quotes' : 'Expecting value' };
    const place = ['body', bytes.length];
    throw new Unprocessable([{ type: 'json_invalid', loc: place, msg: 'JSON decode error', input: {}, ctx }]);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const msg = 'Input should be a valid dictionary or object to extract fields from';
  throw new Unprocessable([{ type: 'model_attributes_type', loc: ['body'], msg, input: value }]);
}

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** Reads fields of a request and collects their validation errors; `finish` throws them all at once. */
export class Fields {
  readonly #place: 'body' | 'query';
  readonly #values: Readonly<Record<string, unknown>>;
  /** What FastAPI shows as the input of a missing field. */
  readonly #whole: unknown;
  readonly #faults: Fault[] = [];

  constructor(place: 'body' | 'query', values: Readonly<Record<string, unknown>>, whole: unknown = values) {
    this.#place = place;
    this.#values = values;
    this.#whole = whole;
  }

  /** A required string. */
  text(name: string, { min, max }: Limits = { min: 0, max: Number.MAX_SAFE_INTEGER }): string {
    const value = this.#values[name];
    if (value === undefined) this.#faults.push(missing([this.#place, name], this.#whole));
    else if (typeof value !== 'string') this.#fault(name, 'string_type', 'Input should be a valid string');
    else if (value.length < min) this.#length(name, 'string_too_short', 'at least', { min_length: min });
    else if (value.length > max) this.#length(name, 'string_too_long', 'at most', { max_length: max });
    return typeof value === 'string' ? value : '';
  }

  /** A whole number, also as text, as in a query. */
  whole(name: string, otherwise: number, { min, max }: Limits): number {
    const given = this.#values[name];
    if (given === undefined) return otherwise;
    const value = typeof given === 'string' && /^[+-]?\d+$/.test(given) ? Number(given) : given;
    if (typeof value === 'string') {
      const msg = 'Input should be a valid integer, unable to parse string as an integer';
      this.#fault(name, 'int_parsing', msg);
    } else if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.#fault(name, 'int_type', 'Input should be a valid integer');
    } else if (value < min) {
      const msg = `Input should be greater than or equal to ${String(min)}`;
      this.#fault(name, 'greater_than_equal', msg, { ge: min });
    } else if (value > max) {
      this.#fault(name, 'less_than_equal', `Input should be less than or equal to ${String(max)}`, { le: max });
    } else return value;
    return otherwise;
  }

  texts(name: string, otherwise: readonly string[]): readonly string[] {
    const value = this.#values[name];
    if (value === undefined) return otherwise;
    if (!Array.isArray(value)) this.#fault(name, 'list_type', 'Input should be a valid list');
    else if (!value.every((one) => typeof one === 'string')) {
      this.#fault(name, 'string_type', 'Input should be a valid string');
    } else return value;
    return otherwise;
  }

  /** A custom check of the API, on a field that is present. */
  check(name: string, isGood: boolean, msg: string): void {
    if (isGood || this.#values[name] === undefined) return;
    this.#fault(name, 'value_error', `Value error, ${msg}`, { error: {} });
  }

  oneOf(name: string, only: string): void {
    const value = this.#values[name];
    const expected = `'${only}'`;
    if (value === undefined) this.text(name);
    else if (value !== only) this.#fault(name, 'enum', `Input should be ${expected}`, { expected });
  }

  /** @throws Unprocessable */
  finish(): void {
    if (this.#faults.length > 0) throw new Unprocessable(this.#faults);
  }

  #length(name: string, type: string, limit: string, ctx: Readonly<Record<string, number>>): void {
    const [count = 0] = Object.values(ctx);
    this.#fault(name, type, `String should have ${limit} ${String(count)} character${count === 1 ? '' : 's'}`, ctx);
  }

  #fault(name: string, type: string, msg: string, ctx?: Fault['ctx']): void {
    const fault = { type, loc: [this.#place, name], msg, input: this.#values[name] };
    this.#faults.push(ctx === undefined ? fault : { ...fault, ctx });
  }
}
