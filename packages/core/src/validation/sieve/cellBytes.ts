import { Makers } from './makers.ts';

/**
 * Cells of a mapping file as bytes. A reader looks at a cell from its first byte on and gives the offset behind it, or
 * `notPlain` for what a rule may have something to say about: then the rules look at the row. None of them makes a string.
 */

export const notPlain = -1;

const [upper, lower, digit, hexLetter, dash, underscore, dot] = [1, 2, 4, 8, 16, 32, 64] as const;

/** What a byte may be part of. */
const kinds = new Uint8Array(256);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Z]/.test(character)) kinds[code] = upper;
  else if (/[a-z]/.test(character)) kinds[code] = lower;
  else if (/[0-9]/.test(character)) kinds[code] = digit;
  if (/[A-Fa-f]/.test(character)) kinds[code] = (kinds[code] ?? 0) | hexLetter;
}
kinds[0x2d] = dash;
kinds[0x5f] = underscore;
kinds[0x2e] = dot;

const tagKinds = upper | lower | digit;
/** Bytes of names whose text the rules judge once: roles, groups, ports. */
const nameKinds = tagKinds | dash | underscore | dot;
const hostKinds = lower | digit | dash;

/** The value of a hexadecimal digit; 255 for any other byte. */
const hexValues = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  for (const text of [value.toString(16), value.toString(16).toUpperCase()]) hexValues[text.charCodeAt(0)] = value;
}

const longestName = 100;
/** FNV-1a. */
const firstHash = 0x811c9dc5;
const prime = 0x01000193;

/** Mixes all bits, so that any of them can choose a place in a table. */
export function mixed(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return half ^ (half >>> 13);
}

/** Reads cells of one file; what a reader learns besides the end of a cell stands in the fields until the next one. */
export class CellBytes {
  readonly bytes: Uint8Array;
  /** A number for the value: equal values have equal numbers, others seldom. Of an address, all of it. */
  key = 0;
  readonly #makers: Makers;

  constructor(bytes: Uint8Array, makers = new Makers()) {
    this.bytes = bytes;
    this.#makers = makers;
  }

  /** A name, which may be empty; a very long one is not plain. */
  name(at: number): number {
    const { bytes } = this;
    let end = at;
    while (end < bytes.length && ((kinds[bytes[end] ?? 0] ?? 0) & nameKinds) !== 0) end++;
    return end - at > longestName ? notPlain : end;
  }

  /** Whether a cell that begins here has nothing in it. */
  isEmpty(at: number): boolean {
    const code = this.bytes[at];
    return code === undefined || code === 0x2c || code === 0x0a || code === 0x0d;
  }

  /** Letters and digits, capitals or not: tags that differ in case only have one key. May be empty. */
  tag(at: number): number {
    const { bytes } = this;
    let hash = firstHash;
    let end = at;
    for (; end < bytes.length; end++) {
      const code = bytes[end] ?? 0;
      if (((kinds[code] ?? 0) & tagKinds) === 0) break;
      hash = Math.imul(hash ^ (code & 0xdf), prime);
    }
    this.key = mixed(hash) || 1;
    return end;
  }

  /** A hostname that all versions take: small letters, digits and dashes, from a letter to no dash, at most 63. */
  host(at: number): number {
    const { bytes } = this;
    let hash = firstHash;
    let end = at;
    for (; end < bytes.length; end++) {
      const code = bytes[end] ?? 0;
      if (((kinds[code] ?? 0) & hostKinds) === 0) break;
      hash = Math.imul(hash ^ code, prime);
    }
    this.key = mixed(hash) || 1;
    const length = end - at;
    if (length === 0 || length > 63 || kinds[bytes[end - 1] ?? 0] === dash) return notPlain;
    return ((kinds[bytes[at] ?? 0] ?? 0) & lower) === 0 ? notPlain : end;
  }

  /** An address of one network card, with one kind of separator. */
  mac(at: number): number {
    const { bytes } = this;
    const end = at + 17;
    if (end > bytes.length) return notPlain;
    const separator = bytes[at + 2];
    if (separator !== 0x3a && separator !== 0x2d) return notPlain;
    let high = 0;
    let low = 0;
    for (let pair = at; pair < end; pair += 3) {
      const first = hexValues[bytes[pair] ?? 0] ?? 255;
      const second = hexValues[bytes[pair + 1] ?? 0] ?? 255;
      if ((first | second) > 15 || (pair + 2 < end && bytes[pair + 2] !== separator)) return notPlain;
      high = ((high << 8) | (low >>> 16)) & 0xffffff;
      low = ((low << 8) | (first << 4) | second) & 0xffffff;
    }
    const isGroup = (high & 0x010000) !== 0;
    if (isGroup || (high | low) === 0) return notPlain;
    const maker = this.#makers.numberOf(high);
    this.key = (maker << 24) | low;
    return maker === 0 ? notPlain : end;
  }

  /** An IPv4 address in the one way to write it. */
  ipv4(at: number): number {
    const { bytes } = this;
    let address = 0;
    let octet = -1;
    let dots = 0;
    let end = at;
    for (; end < bytes.length; end++) {
      const code = bytes[end] ?? 0;
      const value = code - 0x30;
      if (value >= 0 && value <= 9) {
        if (octet === 0) return notPlain;
        octet = octet === -1 ? value : octet * 10 + value;
        if (octet > 255) return notPlain;
      } else {
        if (code !== 0x2e) break;
        if (octet === -1) return notPlain;
        address = (address << 8) | octet;
        octet = -1;
        dots++;
      }
    }
    if (dots !== 3 || octet === -1) return notPlain;
    this.key = (address << 8) | octet;
    return end;
  }

  /** Whether all bytes between two offsets are digits. */
  isDigits(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (kinds[this.bytes[at] ?? 0] !== digit) return false;
    return true;
  }
}

/** The bytes of a text of ASCII characters; undefined when it has others. */
export function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return undefined;
    bytes[at] = code;
  }
  return bytes;
}
