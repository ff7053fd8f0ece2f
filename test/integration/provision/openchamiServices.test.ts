import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { OpenchamiLab, type LabBootKind } from '@omnia-buildstream/lab/openchami/server';
import { OpenchamiProvisioner } from '@omnia-buildstream/provision/openchami/openchamiProvisioner';
import { OpenchamiService } from '@omnia-buildstream/provision/openchami/service';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { bootNode, requestFor } from '../../support/deploy/bootNodes.ts';
import { NetworkClock } from '../../support/engine/networkClock.ts';

const { clock } = new NetworkClock();
const token = 'a-token-that-nobody-prints';
const { signal } = new AbortController();
const request = requestFor(bootNode(1), bootNode(2));

interface World {
  readonly lab: OpenchamiLab;
  /** Messages shown to people. */
  readonly told: string[];
  /** The notes of the plan. */
  readonly notes: () => Promise<string[]>;
  /** Hands both nodes over. */
  readonly provision: (using?: string) => Promise<string[]>;
}

async function world(t: TestContext, boot: LabBootKind, byName = true): Promise<World> {
  const demandsName = boot !== 'bss';
  const lab = await OpenchamiLab.start({ token, now: new Date(), boot, demandsName });
  lab.report.cloudInitGroups.add('slurm_node_x86_64');
  const server = new URL(byName ? lab.namedUrl : lab.url);
  const http = new HttpClient({ server, tls: { ca: lab.certificate.cert, pins: [] }, clock });
  t.after(async () => {
    await http.close();
    await lab.stop();
  });
  const told: string[] = [];
  const provisionerWith = (using: string) =>
    new OpenchamiProvisioner(server.href, new OpenchamiService({ http, token: new Token(using), clock }));
  const notes = async () => (await provisionerWith(token).notes(request, signal)).map((one) => wordsOf(one));
  const provision = async (using = token): Promise<string[]> => {
    const provisioner = provisionerWith(using);
    const nodes = await provisioner.provision(request, signal, (level, text) =>
      told.push(`${level}: ${wordsOf(text)}`),
    );
    return nodes.map((one) => (one.change === 'failed' ? `${one.reason}: ${wordsOf(one.detail)}` : one.change));
  };
  return { lab, told, notes, provision };
}

const services: readonly [kind: LabBootKind, name: string][] = [
  ['bss', 'BSS'],
  ['boot-service', 'boot-service'],
  ['boot-service-legacy', 'boot-service (legacy API)'],
];

for (const [kind, name] of services) {
  suite(`an OpenCHAMI with ${name}`, () => {
    test('is found out, told before and after the question, and driven; the same again changes nothing', async (t) => {
      const { lab, told, notes, provision } = await world(t, kind);
      assert.equal((await notes())[1], `Boot parameters go to ${name}, the service that responds here.`);
      assert.deepEqual(lab.writes, []);
      assert.deepEqual(await provision(), ['created', 'created']);
      assert.ok(told[0]?.endsWith(`SMD and ${name} respond.`), told[0]);
      const writes = lab.writes.length;
      assert.deepEqual(await provision(), ['unchanged', 'unchanged']);
      assert.equal(lab.writes.length, writes);
      if (kind !== 'bss') {
        assert.deepEqual(
          lab.bootService.configurations.map(({ spec }) => spec['macs']),
          [['04:00:00:00:01:01', '04:00:00:00:01:02']],
        );
      }
    });

    for (const when of ['before', 'after'] as const) {
      test(`after an answer that is lost ${when} the effect it looks, and nothing is there twice`, async (t) => {
        const { lab, provision } = await world(t, kind);
        lab.faults.add({ kind: 'cut', when, on: /^(?:POST|PUT) .*(?:bootparameters|bootconfigurations)/ });
        assert.deepEqual(await provision(), ['created', 'created']);
        if (kind !== 'bss') assert.equal(lab.bootService.configurations.length, 1);
      });
    }
  });
}

test('boot-service: nodes that it has not copied from SMD yet are told', async (t) => {
  const { lab, told, provision } = await world(t, 'boot-service');
  await provision();
  assert.match(told[1] ?? '', /^warning: boot-service does not know 2 of these nodes yet \(cn-1, cn-2\)/);
  lab.syncNodes();
  told.length = 0;
  await provision();
  assert.equal(told.length, 1);
});

test('where neither answers it says so at once, with what it asked, and changes nothing', async (t) => {
  const { lab, provision } = await world(t, 'none');
  await assert.rejects(provision(), (error) => {
    assert.ok(error instanceof ProvisionError && error.reason === 'unreachable', String(error));
    assert.match(error.message, /SMD responds, but neither boot-service nor BSS does/);
    assert.match(
      error.message,
      /\/boot-service\/bootconfigurations: HTTP 503; GET \/boot\/v1\/bootparameters: HTTP 503/,
    );
    return true;
  });
  assert.equal(lab.requests.length, 3);
  assert.deepEqual(lab.writes, []);
});

test('a token that is refused is told with where tokens come from', async (t) => {
  const { provision } = await world(t, 'boot-service');
  await assert.rejects(
    provision('wrong'),
    /token is not accepted.*tokensmith issues the tokens here: run gen_access_token/,
  );
  const before = await world(t, 'bss');
  await assert.rejects(before.provision('wrong'), (error) => {
    return error instanceof ProvisionError && !error.message.includes('tokensmith');
  });
});

test('by address, where a hostname is demanded, the name is asked for', async (t) => {
  const { lab, provision } = await world(t, 'boot-service', false);
  await assert.rejects(provision(), /127\.0\.0\.1 is an address\. .*use the name that is in its certificate/);
  assert.deepEqual(lab.requests, []);
});

test('the addresses that others gave an interface stay', async (t) => {
  const { lab, provision } = await world(t, 'boot-service');
  const other = { IPAddress: '10.9.9.9', Network: 'HMN' };
  lab.state.postInterface({ MACAddress: '04:00:00:00:01:01', IPAddresses: [other] });
  await provision();
  assert.deepEqual(
    lab.state.interfaces.get('040000000101')?.IPAddresses.map(({ IPAddress }) => IPAddress),
    ['10.5.0.1', '10.9.9.9'],
  );
});
