/**
 * One rule for GitLab, the BuildStreaM API and BMCs: a configured authority adds to the default ones, a pin replaces
 * them.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import tls from 'node:tls';
import { connect } from '@omnia-buildstream/gitlab/http/connect';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { makeAuthority, makeCertificate, type KeyAndCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

/** Signed by an authority that counts as a default one, by the configured one, and by an unknown one. */
const signers = ['usual', 'given', 'unknown'] as const;
type Signer = (typeof signers)[number];

suite('the certificate of a server', () => {
  const authorities = new Map<Signer, KeyAndCertificate>();
  const servers = new Map<Signer, { readonly url: URL; readonly fingerprint: string; readonly server: https.Server }>();
  const of = <T>(map: ReadonlyMap<Signer, T>, signer: Signer): T => map.get(signer) ?? assert.fail();

  before(async () => {
    for (const signer of signers) {
      const authority = await makeAuthority(signer, Date.now());
      const { cert, key } = await makeCertificate(authority, '127.0.0.1', Date.now());
      const server = https.createServer({ cert, key }, (_request, response) => response.end('{}'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      authorities.set(signer, authority);
      const { fingerprint256: fingerprint } = new X509Certificate(cert);
      servers.set(signer, { url: new URL(`https://127.0.0.1:${String(port)}/`), fingerprint, server });
    }
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), of(authorities, 'usual').cert]);
  });
  after(() => {
    for (const { server } of servers.values()) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Whether a client communicates with the server. */
  const clients = {
    'of the BuildStreaM API, of OpenCHAMI and of BMCs': async (url: URL, ca: string, pin: string | undefined) => {
      const pins = pin === undefined ? [] : [{ hosts: '*', value: pin }];
      const client = new HttpClient({ server: url, tls: { ca, pins }, clock: systemClock });
      try {
        await client.send({ method: 'GET', path: '/' }, new AbortController().signal);
        return true;
      } catch {
        return false;
      } finally {
        await client.close();
      }
    },
    'of GitLab': async (url: URL, ca: string, pin: string | undefined) => {
      try {
        const trust = pin === undefined ? { ca } : { ca, pin };
        const socket = await connect(url, { trust, proxy: undefined, timeoutMs: 60_000, clock: systemClock });
        socket.destroy();
        return true;
      } catch {
        return false;
      }
    },
  };

  test('an authority of one host is trusted on that host only', async () => {
    const { url } = of(servers, 'given');
    const [given, unknown] = [of(authorities, 'given').cert, of(authorities, 'unknown').cert];
    const isAccepted = async (authorityOf: string, ca?: string): Promise<boolean> => {
      const rules = { ca, authorities: [{ hosts: authorityOf, value: given }], pins: [] };
      const client = new HttpClient({ server: url, tls: rules, clock: systemClock });
      try {
        await client.send({ method: 'GET', path: '/' }, new AbortController().signal);
        return true;
      } catch {
        return false;
      } finally {
        await client.close();
      }
    };
    assert.equal(await isAccepted('127.0.0.1'), true);
    assert.equal(await isAccepted('127.0.0.0/8', unknown), true);
    assert.equal(await isAccepted('10.6.*'), false);
    assert.equal(await isAccepted('10.6.*', given), true);
  });

  for (const [name, isTrusted] of Object.entries(clients)) {
    for (const [signer, expected] of [
      ['usual', true],
      ['given', true],
      ['unknown', false],
    ] as const) {
      test(`is ${expected ? 'accepted' : 'refused'} by a client ${name} when it is of the ${signer} authority`, async () => {
        assert.equal(await isTrusted(of(servers, signer).url, of(authorities, 'given').cert, undefined), expected);
      });

      test(`is measured by the pin alone by a client ${name} when there is one: of the ${signer} authority`, async () => {
        const { url, fingerprint } = of(servers, signer);
        const { cert } = of(authorities, 'given');
        assert.equal(await isTrusted(url, cert, fingerprint), true);
        assert.equal(await isTrusted(url, cert, anotherThan(fingerprint)), false);
      });
    }
  }
});

function anotherThan(fingerprint: string): string {
  return fingerprint.replace(/^../, (first) => (first === '00' ? '01' : '00'));
}
