import type { UserError } from '@omnia-buildstream/core/errors/userError';
import { limitsOf, type Limits } from '@omnia-buildstream/runner/limitNames';
import { cannotRun } from './cannotRun.ts';

/** A value of an option that is none. */
export function bad(message: string): UserError {
  return cannotRun('arguments', message);
}

/** How a command tells what it found, under the same names in every command. */
export const outputOptions = {
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * Whether output is for programs: by --format and its name, or by --json.
 * @throws UserError for a format that is none
 */
export function isForPrograms(
  { format, json = false }: { readonly format: string; readonly json?: boolean | undefined },
  name: 'json' | 'ndjson',
): boolean {
  if (format !== 'text' && format !== name) throw bad(`--format takes text or ${name}.`);
  return json || format === name;
}

/** A whole number between two others. @throws UserError */
export function whole(name: string, text: string, from: number, to: number): number {
  if (/^\d+$/.test(text) && Number(text) >= from && Number(text) <= to) return Number(text);
  throw bad(`${name} takes a whole number from ${String(from)} to ${String(to)}; "${text}" is none.`);
}

/** Seconds, perhaps with a fraction, as milliseconds. @throws UserError */
export function secondsToMs(name: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  throw bad(`${name} takes seconds; "${text}" is not a number.`);
}

/** `STEP=SECONDS`, of the names given. @throws UserError */
export function parseLimits<const Names extends Readonly<Record<string, string>>>(
  names: Names,
  list: readonly string[],
): Limits<Names> {
  const pairs = list.map((text): [string, number] => {
    const [name = '', seconds = ''] = text.split('=');
    if (Object.hasOwn(names, name)) return [name, secondsToMs('--limit', seconds)];
    throw bad(`--limit takes ${Object.keys(names).join(', ')}; "${name}" is none of them.`);
  });
  return limitsOf(names, pairs);
}

/** `HOSTS=FINGERPRINT`. @throws UserError */
export function parsePin(text: string, option = '--pin'): { readonly hosts: string; readonly value: string } {
  const [hosts = '', ...rest] = text.split('=');
  const value = rest.join('=');
  if (value.replace(/^sha-?256[:=]?/i, '').replace(/[^0-9a-f]/gi, '').length !== 64) {
    throw bad(`${option} takes HOSTS=FINGERPRINT with a SHA-256 fingerprint of 64 hexadecimal digits, not "${text}".`);
  }
  return { hosts, value };
}
