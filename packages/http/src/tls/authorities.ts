import tls from 'node:tls';

/** Those that were used last, by the text of the given authorities; one process talks to few kinds of servers. */
const contexts = new Map<string, tls.SecureContext>();
const mostContexts = 4;

/**
 * The authorities that every connection of ours trusts: the usual ones, those of NODE_EXTRA_CA_CERTS, and the given
 * ones. Reading a hundred authorities takes longer than the handshake, so it is done once and not for each connection.
 *
 * @param ca PEM; undefined: only the usual ones
 * @throws Error of OpenSSL when the given text is not a certificate
 */
export function trustedContext(ca: string | undefined): tls.SecureContext {
  if (ca === undefined) return tls.createSecureContext({});
  const known = contexts.get(ca);
  if (known !== undefined) return known;
  // Node before 22.15 has no such function; then only Mozilla's list and the given one.
  const { getCACertificates } = tls as Partial<typeof tls>;
  const context = tls.createSecureContext({ ca: [...(getCACertificates?.('default') ?? tls.rootCertificates), ca] });
  if (contexts.size >= mostContexts) contexts.clear();
  contexts.set(ca, context);
  return context;
}
