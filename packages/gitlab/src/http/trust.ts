/** What a server's certificate is verified against. */
export interface Trust {
  /** PEM text of additional authorities, such as the certificate that Omnia generated. */
  readonly ca?: string | undefined;
  /**
   * SHA-256 fingerprint of the one certificate to accept, after the user has seen it. Replaces the checks of the chain
   * and of the name, for this server only.
   */
  readonly pin?: string | undefined;
}

/** `AB:CD:…` in uppercase, from any notation. Undefined if it is not a SHA-256 fingerprint. */
export function readFingerprint(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^sha-?256[:= ]\s*/i, '')
    .replaceAll(/[:\s]/g, '');
  return /^[\da-f]{64}$/i.test(digits) ? (digits.toUpperCase().match(/../g) ?? []).join(':') : undefined;
}
