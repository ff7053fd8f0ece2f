import { formatIpv4, parseIpv4 } from './addresses.ts';

/**
 * The next name of a numbered series: `cn-007` gives `cn-008`, skipping names that are taken; digits keep their width.
 * A name without a number gets `-2`.
 */
export function nextInSeries(name: string, isTaken: (candidate: string) => boolean): string {
  const { prefix, digits, suffix } = partsOf(name) ?? { prefix: `${name}-`, digits: '1', suffix: '' };
  for (let number = BigInt(digits) + 1n; ; number++) {
    const candidate = `${prefix}${String(number).padStart(digits.length, '0')}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** The last number in a name, with the text around it. */
function partsOf(
  name: string,
): { readonly prefix: string; readonly digits: string; readonly suffix: string } | undefined {
  const [number] = [...name.matchAll(/[0-9]+/g)].slice(-1);
  if (number === undefined) return undefined;
  const [digits] = number;
  return { prefix: name.slice(0, number.index), digits, suffix: name.slice(number.index + digits.length) };
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
