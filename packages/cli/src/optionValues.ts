import { normalFingerprint } from '@omnia-buildstream/http/tls/policy';
import type { UserError } from '@omnia-buildstream/core/errors/userError';
import { limitsOf, type Limits } from '@omnia-buildstream/runner/limitNames';
import { cannotRun } from './cannotRun.ts';

/** An invalid value of an option. */
export function bad(message: string): UserError {
  return cannotRun('arguments', message);
}

/** How a command reports what it found, under the same names in every command. */
export const outputOptions = {
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * Whether output is for programs: by --format and its name, or by --json.
 * @throws UserError for an unknown format
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

/** Fingerprints as given: `FINGERPRINT` for every host, or `HOSTS=FINGERPRINT`. @throws UserError */
export function parsePins(
  given: readonly string[] = [],
  option = '--pin',
): { readonly hosts: string; readonly value: string }[] {
  return given.map((text) => {
    if (isFingerprint(text)) return { hosts: '*', value: text };
    const at = text.indexOf('=');
    const [hosts, value] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
    if (hosts !== '' && isFingerprint(value)) return { hosts, value };
    throw bad(
      `${option} takes a SHA-256 fingerprint of 64 hexadecimal digits, or HOSTS=FINGERPRINT with one, not "${text}".`,
    );
  });
}

function isFingerprint(text: string): boolean {
  const digits = text.replace(/^sha-?256[:=]?/i, '');
  const together = [':', '-', ' '].reduce((left, separator) => left.replaceAll(separator, ''), digits);
  return together.length === 64 && normalFingerprint(together).length === 64;
}
