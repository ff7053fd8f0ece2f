/** Reasons why a certificate is not accepted, as parts of sentences. */
export const certificateTexts = {
  none: 'the host shows no certificate',
  notPinned: 'the certificate is not the pinned one',
  notTrusted: 'the certificate is not trusted ({code})',
  fingerprint: 'its SHA-256 fingerprint is {fingerprint}',
} as const;
