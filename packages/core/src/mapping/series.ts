import { formatIpv4, parseIpv4 } from './addresses.ts';

/**
 * The next name of a numbered series: `cn-007` gives `cn-008`, skipping names that are taken; digits keep their width.
 * A name without a number gets `-2`.
 */
export function nextInSeries(name: string, isTaken: (candidate: string) => boolean): string {
  const parts = /^(.*?)([0-9]+)([^0-9]*)$/.exec(name);
  const [prefix, digits, suffix] = parts === null ? [`${name}-`, '1', ''] : [parts[1], parts[2], parts[3]];
  for (let number = BigInt(digits ?? '1') + 1n; ; number++) {
    const candidate = `${prefix ?? ''}${String(number).padStart((digits ?? '').length, '0')}${suffix ?? ''}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/**
 * The next free address after `address` that `isUsable` accepts, at most `reach` further; undefined when there is none.
 */
export function nextAddress(
  address: string,
  isUsable: (candidate: number, text: string) => boolean,
  reach = 4096,
): string | undefined {
  const start = parseIpv4(address);
  if (start === undefined) return undefined;
  for (let candidate = start + 1; candidate <= Math.min(start + reach, 0xffffffff); candidate++) {
    const text = formatIpv4(candidate);
    if (isUsable(candidate, text)) return text;
  }
  return undefined;
}
