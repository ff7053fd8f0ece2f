import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { ProvisionError, type ProvisionedNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { OpenchamiLab } from '@omnia-buildstream/lab/openchami/server';
import { OpenchamiProvisioner } from '@omnia-buildstream/provision/openchami/openchamiProvisioner';
import { OpenchamiService } from '@omnia-buildstream/provision/openchami/service';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { NetworkClock } from '../../support/engine/networkClock.ts';
import { bootNode, requestFor } from '../../support/deploy/bootNodes.ts';

const { clock } = new NetworkClock();
const token = 'a-token-that-nobody-prints';
const request = requestFor(bootNode(1), bootNode(2, { role: 'os_aarch64' }));
const signal = new AbortController().signal;

suite('boot configuration in OpenCHAMI', () => {
  let lab: OpenchamiLab;
  let http: HttpClient;

  beforeEach(async () => {
    lab = await OpenchamiLab.start({ token, now: new Date() });
    http = new HttpClient({ server: new URL(lab.url), tls: { ca: lab.certificate.cert, pins: [] }, clock });
  });

  afterEach(async () => {
    await http.close();
    await lab.stop();
  });

  function provisioner(using = token, client = http): OpenchamiProvisioner {
    const service = new OpenchamiService({ http: client, token: new Token(using), clock });
    return new OpenchamiProvisioner(lab.url, service);
  }

  const changes = (nodes: readonly ProvisionedNode[]): string[] =>
    nodes.map((one) => (one.change === 'failed' ? `${one.reason}: ${wordsOf(one.detail)}` : one.change));
  const provision = async (given = request): Promise<string[]> => changes(await provisioner().provision(given, signal));

  function assertAllThere(): void {
    assert.deepEqual([...lab.state.components.keys()], ['x1000c0s0b0n0', 'x1000c0s0b1n0']);
    assert.deepEqual(
      [...lab.state.interfaces.values()]
        .map((one) => [one.MACAddress, one.ComponentID, one.IPAddresses[0]?.IPAddress])
        .sort(),
      [
        ['04:00:00:00:01:01', 'x1000c0s0b0n0', '10.5.0.1'],
        ['04:00:00:00:01:02', 'x1000c0s0b1n0', '10.5.0.2'],
      ],
    );
    assert.match(lab.state.boot.get('04:00:00:00:01:02')?.params ?? '', /^root=live:http:.*rootfs console=ttyS0$/);
  }

  test('is nodes and interfaces in SMD and boot parameters in BSS', async () => {
    assert.deepEqual(await provision(), ['created', 'created']);
    assertAllThere();
    assert.equal(lab.state.components.get('x1000c0s0b1n0')?.['Arch'], 'ARM');
    assert.equal(lab.writes.length, 6, 'all nodes at once, but interfaces one by one, and a group for each role');
  });

  test('is not written again when it is there', async () => {
    await provision();
    const { length } = lab.writes;
    assert.deepEqual(await provision(), ['unchanged', 'unchanged']);
    assert.equal(lab.writes.length, length);
  });

  test('changes only what differs', async () => {
    await provision();
    const { length } = lab.writes;
    const other = { ...bootNode(1).boot, params: 'quiet' };
    assert.deepEqual(await provision(requestFor(bootNode(1, { boot: other }), bootNode(2, { role: 'os_aarch64' }))), [
      'updated',
      'unchanged',
    ]);
    assert.deepEqual(lab.writes.slice(length), ['PUT /boot/v1/bootparameters']);
    assert.doesNotMatch(lab.state.boot.get('04:00:00:00:01:02')?.params ?? '', /quiet/);
  });

  test('keeps the name that SMD has for a node, and what others registered', async () => {
    lab.state.postComponents({
      Components: [
        { ID: 'x9c0s1b0n0', State: 'Ready' },
        { ID: 'x1000c0s0b0n0', State: 'On' },
      ],
    });
    lab.state.postInterface({ MACAddress: '04:00:00:00:01:02', ComponentID: 'x9c0s1b0n0' });
    assert.deepEqual(await provision(), ['created', 'created']);
    const names = ['040000000101', '040000000102'].map((id) => lab.state.interfaces.get(id)?.ComponentID);
    assert.deepEqual(names, ['x1000c0s0b1n0', 'x9c0s1b0n0']);
    assert.equal(lab.state.components.get('x9c0s1b0n0')?.['State'], 'Ready');
  });

  test('does not take an address from another interface', async () => {
    lab.state.postInterface({ MACAddress: 'aa:bb:cc:dd:ee:ff', IPAddresses: [{ IPAddress: '10.5.0.1' }] });
    const [first, second] = await provision();
    assert.match(first ?? '', /^conflict: SMD has 10\.5\.0\.1 for aa:bb:cc:dd:ee:ff/);
    assert.equal(second, 'created');
    assert.ok(!lab.state.boot.has('04:00:00:00:01:01'));
  });

  for (const kind of ['bad-gateway', 'cut'] as const) {
    for (const when of ['before', 'after'] as const) {
      for (const on of [/^POST .*Components/, /^POST .*EthernetInterfaces/, /^PUT .*bootparameters/]) {
        test(`after ${kind} ${when} the effect of ${on.source} it looks, and sends only what is missing`, async () => {
          lab.faults.add({ kind, when, on });
          assert.deepEqual(await provision(), ['created', 'created']);
          assertAllThere();
          const sent = lab.writes.filter((line) => on.test(line)).length;
          const usual = on.source.includes('Interfaces') ? 2 : 1;
          assert.equal(sent, when === 'after' ? usual : usual + 1);
          if (when === 'before') assert.ok(isLookedAtBetween(on), 'read between the two');
        });
      }
    }
  }

  /** Whether there are reads between the lost request and its repetition. */
  function isLookedAtBetween(on: RegExp): boolean {
    const places = lab.requests.flatMap((line, index) => (on.test(line) ? [index] : []));
    return lab.requests.slice(places[0], places.at(-1)).some((line) => line.startsWith('GET '));
  }

  test('reads are repeated', async () => {
    lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET .*Components/, times: 2 });
    assert.deepEqual(await provision(), ['created', 'created']);
  });

  test('answers that never come make the nodes fail, in words', async () => {
    lab.faults.add({ kind: 'cut', when: 'before', on: /^PUT/, times: 9 });
    const [first] = await provision();
    assert.match(first ?? '', /^unreachable: PUT \/boot\/v1\/bootparameters: .*BSS does not show/);
    assert.equal(lab.writes.filter((line) => line.startsWith('PUT')).length, 2);
  });

  test('a token that is not accepted ends it before anything is written, and is not in the error', async () => {
    await assert.rejects(provisioner('wrong-token').provision(request, signal), (error) => {
      assert.ok(error instanceof ProvisionError && error.reason === 'unauthorized');
      return !inspect(error, { depth: 9 }).includes('wrong-token');
    });
    assert.deepEqual(lab.writes, []);
    assert.ok(!inspect(new Token(token)).includes(token) && !JSON.stringify({ t: new Token(token) }).includes(token));
  });

  test('a certificate that is not agreed on ends it before anything is sent, and a pinned one will do', async () => {
    const server = new URL(lab.url);
    const strange = new HttpClient({ server, tls: { ca: undefined, pins: [] }, clock });
    await assert.rejects(provisioner(token, strange).provision(request, signal), (error) => {
      return (
        error instanceof ProvisionError && error.reason === 'tls' && error.message.includes(lab.certificate.fingerprint)
      );
    });
    await strange.close();
    assert.deepEqual(lab.requests, []);
    const pins = [{ hosts: '127.0.0.1', value: lab.certificate.fingerprint }];
    const pinned = new HttpClient({ server, tls: { ca: undefined, pins }, clock });
    assert.deepEqual(changes(await provisioner(token, pinned).provision(request, signal)), ['created', 'created']);
    await pinned.close();
  });
});
