/** Where deploy hands boot configuration over, as it is written in an option, a setting or buildstream.yml. */
export type ProvisionPlace =
  | { readonly kind: 'files'; readonly folder: string }
  /** The address as written; whether it is one that a token may be sent to, `isTokenAddress` tells. */
  | { readonly kind: 'openchami'; readonly address: string };

/** Reads `files:FOLDER` or `openchami:URL`; undefined for anything else. */
export function parseProvisionPlace(text: string): ProvisionPlace | undefined {
  const colon = text.indexOf(':');
  const [kind, rest] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
  if (rest === '') return undefined;
  if (kind === 'files') return { kind, folder: rest };
  return kind === 'openchami' ? { kind, address: rest } : undefined;
}

/** Whether it begins like an https address without user and password: a token is sent there. */
export function isTokenAddress(address: string): boolean {
  const [, authority = ''] = /^https:\/\/([^/?#\\\s]+)/i.exec(address) ?? [];
  return authority !== '' && !authority.includes('@');
}
