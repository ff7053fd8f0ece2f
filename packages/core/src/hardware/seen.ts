import type { Said } from '../text/phrase.ts';

/** The hardware behind a BMC, as it reports it; empty texts for what it does not report. */
export interface SeenHardware {
  /** Of Dell's machines. */
  readonly serviceTag: string;
  /** Of other machines. */
  readonly serialNumber: string;
  readonly bmcMac: string;
  readonly nics: readonly SeenNic[];
}

export interface SeenNic {
  readonly id: string;
  readonly mac: string;
  /** Whether a network boot option names it; undefined: the BMC does not list any. */
  readonly bootsFromNetwork: boolean | undefined;
}

/** What came of asking one BMC; by BMC_IP without blanks. */
export type Seen = { readonly hardware: SeenHardware } | { readonly problem: Said };

/** The name of a machine, as SERVICE_TAG holds it. */
export function nameOf({ serviceTag, serialNumber }: SeenHardware): string {
  return cleanName(serviceTag) === '' ? serialNumber.trim() : serviceTag.trim();
}

/** What firmware has where nobody wrote a name, besides one character over and over. */
const placeholders =
  /^(?:0?1234567890?|none|n\/?a|null|unknown|empty|invalid|default(?: string)?|to be filled by .*|o\.?e\.?m\.?|(?:system |chassis )?serial number|not (?:specified|available|applicable|set))$/;

/** For comparison; empty for what names nothing, or what thousands of machines are called. */
export function cleanName(text: string): string {
  const plain = text.trim().toLowerCase();
  const isOneCharacter = plain === plain.charAt(0).repeat(plain.length);
  return isOneCharacter || placeholders.test(plain) ? '' : plain;
}

/** Twelve digits in lowercase, or empty. */
export function cleanMac(text: string): string {
  const digits = text.replace(/[^\da-f]/gi, '').toLowerCase();
  return digits.length === 12 && !/^0+$|^f+$/.test(digits) ? digits : '';
}

/** As Omnia's files have it. */
export function writtenMac(text: string): string {
  return cleanMac(text).match(/../g)?.join(':') ?? '';
}

/** The one NIC that a node can be meant to boot from: the only one with a boot option, else the only one. */
export function bootNicOf({ nics }: SeenHardware): SeenNic | undefined {
  const usable = nics.filter(({ mac }) => cleanMac(mac) !== '');
  const booting = usable.filter(({ bootsFromNetwork }) => bootsFromNetwork === true);
  const [only, ...more] = booting.length > 0 ? booting : usable;
  return more.length === 0 ? only : undefined;
}
