import { once } from 'node:events';
import { connect } from 'node:tls';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { certificateTexts } from './certificateTexts.ts';
import { CertificateError } from './policy.ts';

/** The certificate that a host presents, for people to compare. Nothing in it is verified. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** In OpenSSL's format. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, `AA:BB:…`. */
  readonly fingerprint: string;
}

/**
 * Fetches the certificate of a host. Sends nothing but the handshake. Rejects with the connection's error, with
 * DeadlineError, or with CertificateError if the host presents no certificate.
 */
export async function showCertificate(
  host: string,
  port: number,
  { timeoutMs, clock }: { readonly timeoutMs: number; readonly clock: Clock },
): Promise<ShownCertificate> {
  const socket = connect({ host, port, rejectUnauthorized: false });
  try {
    const never = new AbortController().signal;
    await withDeadline(clock, timeoutMs, never, (signal) => once(socket, 'secureConnect', { signal }));
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) throw new CertificateError(phrase(certificateTexts.none));
    const { subject, issuer, validFrom, validTo, fingerprint256: fingerprint } = certificate;
    return { subject, issuer, validFrom, validTo, fingerprint };
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
