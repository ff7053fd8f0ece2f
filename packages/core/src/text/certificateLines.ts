import { oneLine } from './foreignText.ts';
import type { Say } from './message.ts';

/**
 * A certificate as a server shows it. Only the fingerprint is ours: the rest was written by the author of the
 * certificate.
 */
export interface CertificateFacts {
  /** SHA-256 of the whole certificate, `AA:BB:…`, computed here. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** Days or times. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Hostnames and addresses that it is for. */
  readonly names?: readonly string[];
}

const lineTexts = {
  fingerprint: 'SHA-256 fingerprint: {fingerprint}',
  claims: 'The certificate claims (not verified):',
  subject: 'Name: {text}',
  issuer: 'Signed by: {text}',
  names: 'For: {text}',
  valid: 'Valid: {from} to {to}',
} as const;

/**
 * The lines of every dialog and message that shows a certificate: our fingerprint first, then the words of others, each
 * on one line behind a mark, so that nothing in them looks like a line of ours.
 */
export function certificateLines(certificate: CertificateFacts, say: Say): string[] {
  const { fingerprint, subject, issuer, validFrom, validTo, names = [] } = certificate;
  const claims = [
    say(lineTexts.subject, { text: oneLine(subject) }),
    say(lineTexts.issuer, { text: oneLine(issuer) }),
    ...(names.length === 0 ? [] : [say(lineTexts.names, { text: oneLine(names.join(', ')) })]),
    say(lineTexts.valid, { from: oneLine(validFrom), to: oneLine(validTo) }),
  ];
  return [say(lineTexts.fingerprint, { fingerprint }), say(lineTexts.claims), ...claims.map((claim) => `  | ${claim}`)];
}
