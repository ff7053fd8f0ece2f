import type { TLSSocket } from 'node:tls';
import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { ruleFor, type HostRule } from '../hosts/hostPattern.ts';
import { certificateTexts } from './certificateTexts.ts';

/** How the certificates of servers and BMCs are verified. There is no global off switch. */
export interface TlsPolicy {
  /** PEM of authorities to trust besides those of Node; undefined: only those. */
  readonly ca: string | undefined;
  /** PEM by host, for those with an authority of their own: it is trusted only there, in addition to those of Node. */
  readonly authorities?: readonly HostRule<string>[];
  /** SHA-256 fingerprints agreed on per host; such a host needs no authority, and no other certificate is accepted. */
  readonly pins: readonly HostRule<string>[];
}

export const systemAuthorities: TlsPolicy = { ca: undefined, pins: [] };

/** The certificate is not the one that was agreed on. */
export class CertificateError extends SaidError {
  readonly reason = 'tls';
  /** SHA-256 of the certificate that the host showed, as `AA:BB:…`; undefined when it showed none. */
  readonly fingerprint: string | undefined;

  constructor(what: Said, fingerprint?: string) {
    super(what);
    this.name = 'CertificateError';
    this.fingerprint = fingerprint;
  }
}

/** Verifies the certificate of a connected host before anything is sent; undefined when it is the agreed one. */
export function judgeCertificate(socket: TLSSocket, host: string, policy: TlsPolicy): CertificateError | undefined {
  const pin = ruleFor(policy.pins, host);
  // Node has checked the chain and the name, and sets this even when it may not break the connection itself.
  if (pin === undefined && socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return new CertificateError(phrase(certificateTexts.none));
  const { fingerprint256: fingerprint } = certificate;
  if (pin !== undefined) {
    if (normalFingerprint(pin) === normalFingerprint(fingerprint)) return undefined;
    return new CertificateError(withFingerprint(phrase(certificateTexts.notPinned), fingerprint), fingerprint);
  }
  return new CertificateError(certificateSaid({ code: reasonOf(socket), fingerprint }), fingerprint);
}

/** What is said about a certificate that no authority signed. */
export function certificateSaid({ code, fingerprint }: { readonly code: string; readonly fingerprint: string }): Said {
  return withFingerprint(phrase(certificateTexts.notTrusted, { code }), fingerprint);
}

function withFingerprint(fault: Said, fingerprint: string): Said {
  return together([fault, phrase(certificateTexts.fingerprint, { fingerprint })], '; ');
}

/** Hexadecimal digits only, upper case: how tools print a fingerprint differs. */
export function normalFingerprint(text: string): string {
  return text
    .replace(/^sha-?256[:=]?/i, '')
    .replace(/[^0-9a-f]/gi, '')
    .toUpperCase();
}

function reasonOf({ authorizationError }: TLSSocket): string {
  // Declared as an Error; Node sets the code as text.
  const error: unknown = authorizationError;
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'unknown reason';
}
