import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A self-signed certificate, like the one of Omnia's GitLab. PEM. */
export interface LabCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
}

/** Creates a certificate for localhost and 127.0.0.1, valid for a year. */
export async function makeCertificate(now: Date): Promise<LabCertificate> {
  const notAfterDate = new Date(now.getTime() + 365 * 24 * 60 * 60 * 1000);
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'gitlab.lab.invalid' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - 60_000),
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
}
