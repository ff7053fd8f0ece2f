import { generate } from 'selfsigned';

export interface KeyAndCertificate {
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

const day = 24 * 3600 * 1000;

/** Creates the authority that signs the certificates of a lab; it exists as long as the lab. */
export async function makeAuthority(name: string, now: number): Promise<KeyAndCertificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + 365 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** Creates a server certificate for one address, signed by the authority. */
export async function makeCertificate(
  authority: KeyAndCertificate,
  address: string,
  now: number,
): Promise<KeyAndCertificate> {
  const made = await generate([{ name: 'commonName', value: address }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: authority,
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + 365 * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] },
    ],
  });
  return { key: made.private, cert: made.cert };
}
