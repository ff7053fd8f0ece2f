import type { TLSSocket } from 'node:tls';
import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { ruleFor, type HostRule } from '../hosts/hostPattern.ts';
import { certificateTexts } from './certificateTexts.ts';

/** How the certificates of servers and BMCs are verified. There is no global off switch. */
export interface TlsPolicy {
  /** PEM of authorities to trust in addition to Node's. If undefined, only Node's are trusted. */
  readonly ca: string | undefined;
  /** PEM by host, for hosts with their own authority. It is trusted only there, in addition to Node's authorities. */
  readonly authorities?: readonly HostRule<string>[];
  /** Pinned SHA-256 fingerprints by host. A pinned host needs no authority and accepts no other certificate. */
  readonly pins: readonly HostRule<string>[];
}

export const systemAuthorities: TlsPolicy = { ca: undefined, pins: [] };

/** The certificate of a host is missing, not trusted, or not the pinned one. */
export class CertificateError extends SaidError {
  readonly reason = 'tls';
  /** SHA-256 of the certificate that the host presented, as `AA:BB:…`. Undefined if it presented none. */
  readonly fingerprint: string | undefined;

  constructor(what: Said, fingerprint?: string) {
    super(what);
    this.name = 'CertificateError';
    this.fingerprint = fingerprint;
  }
}

/** Verifies the certificate of a connected host before anything is sent. Undefined if it is accepted. */
export function judgeCertificate(socket: TLSSocket, host: string, policy: TlsPolicy): CertificateError | undefined {
  const pin = ruleFor(policy.pins, host);
  // Node has checked the chain and the name. It sets this even if it must not break the connection itself.
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

/** The message about a certificate that is not trusted. */
export function certificateSaid({ code, fingerprint }: { readonly code: string; readonly fingerprint: string }): Said {
  return withFingerprint(phrase(certificateTexts.notTrusted, { code }), fingerprint);
}

function withFingerprint(fault: Said, fingerprint: string): Said {
  return together([fault, phrase(certificateTexts.fingerprint, { fingerprint })], '; ');
}

/** Hexadecimal digits only, in uppercase: tools print fingerprints in different forms. */
export function normalFingerprint(text: string): string {
  return text
    .replace(/^sha-?256[:=]?/i, '')
    .replace(/[^0-9a-f]/gi, '')
    .toUpperCase();
}

function reasonOf({ authorizationError }: TLSSocket): string {
  // The type is Error, but Node sets the code as a string.
  const error: unknown = authorizationError;
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'unknown reason';
}
