import tls from 'node:tls';

/** What a server's certificate is measured by. */
export interface Trust {
  /** PEM text of further authorities, such as the certificate that Omnia made itself. */
  readonly ca?: string | undefined;
  /**
   * SHA-256 fingerprint of the one certificate to accept, after the user has seen it; replaces the check of the chain
   * and of the name, for this server only.
   */
  readonly pin?: string | undefined;
}

/** `AB:CD:…` in capitals, from any spelling; undefined when it is not a SHA-256 fingerprint. */
export function readFingerprint(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^sha-?256[:= ]\s*/i, '')
    .replaceAll(/[:\s]/g, '');
  return /^[\da-f]{64}$/i.test(digits) ? (digits.toUpperCase().match(/../g) ?? []).join(':') : undefined;
}

/** Those that were used last, by the text of the given authority; one process talks to one or two servers. */
const contexts = new Map<string, tls.SecureContext>();
const mostContexts = 4;

/**
 * The authorities to trust: the usual ones, those of NODE_EXTRA_CA_CERTS, and the given one; undefined without a given
 * one. Reading a hundred authorities takes longer than the handshake, so it is done once and not for each connection.
 *
 * @throws Error of OpenSSL when the given one is no certificate
 */
export function authorities({ ca }: Trust): tls.SecureContext | undefined {
  if (ca === undefined) return undefined;
  const known = contexts.get(ca);
  if (known !== undefined) return known;
  // Older than Node 22.15 has no such function; then only Mozilla's list and the given one.
  const { getCACertificates } = tls as Partial<typeof tls>;
  const context = tls.createSecureContext({ ca: [...(getCACertificates?.('default') ?? tls.rootCertificates), ca] });
  if (contexts.size >= mostContexts) contexts.clear();
  contexts.set(ca, context);
  return context;
}
