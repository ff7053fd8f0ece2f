import tls from 'node:tls';

/** Recently used contexts by the PEM of the given authorities; one process talks to few kinds of servers. */
const contexts = new Map<string, tls.SecureContext>();
const mostContexts = 4;

/**
 * Secure context for our connections. It trusts Node's default authorities, those of NODE_EXTRA_CA_CERTS, and the given
 * ones. Reading a hundred authorities takes longer than the handshake, so contexts are reused between connections.
 *
 * @param ca PEM; if undefined, only the default authorities are trusted
 * @throws what OpenSSL throws if the given text is not a certificate
 */
export function trustedContext(ca: string | undefined): tls.SecureContext {
  if (ca === undefined) return tls.createSecureContext({});
  const known = contexts.get(ca);
  if (known !== undefined) return known;
  // Node before 22.15 lacks this function; then only Mozilla's list and the given authorities are trusted.
  const { getCACertificates } = tls as Partial<typeof tls>;
  const context = tls.createSecureContext({ ca: [...(getCACertificates?.('default') ?? tls.rootCertificates), ca] });
  if (contexts.size >= mostContexts) contexts.clear();
  contexts.set(ca, context);
  return context;
}
