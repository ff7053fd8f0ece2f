/**
 * What a node needs to boot and report, apart from boot parameters: it is set, or reported as missing node by node.
 * Data that others put there stays.
 */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { OpenchamiLab, type OpenchamiOptions } from '@omnia-buildstream/lab/openchami/server';
import type { LabReply } from '@omnia-buildstream/lab/openchami/state';
import { OpenchamiProvisioner } from '@omnia-buildstream/provision/openchami/openchamiProvisioner';
import { OpenchamiService } from '@omnia-buildstream/provision/openchami/service';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { bootNode, requestFor } from '../../support/deploy/bootNodes.ts';
import { NetworkClock } from '../../support/engine/networkClock.ts';

const { clock } = new NetworkClock();
const token = 'a-token-that-nobody-prints';
const { signal } = new AbortController();
const login = 'login_node_x86_64';
const slurm = 'slurm_node_x86_64';
const request = requestFor(
  bootNode(1, { hostname: 'nid007' }),
  bootNode(2, { role: login }),
  bootNode(3, { hostname: 'cn-3' }),
);
const [first, second, third] = ['x1000c0s0b0n0', 'x1000c0s0b1n0', 'x1000c0s0b2n0'] as const;

interface World {
  readonly lab: OpenchamiLab;
  /** Hands the nodes over. @returns the warnings shown to people */
  readonly provision: () => Promise<string[]>;
  /** The notes of the plan. */
  readonly notes: () => Promise<string[]>;
}

async function world(t: TestContext, options: Partial<OpenchamiOptions>): Promise<World> {
  const lab = await OpenchamiLab.start({ token, now: new Date(), ...options });
  const http = new HttpClient({ server: new URL(lab.namedUrl), tls: { ca: lab.certificate.cert, pins: [] }, clock });
  t.after(async () => {
    await http.close();
    await lab.stop();
  });
  const provisioner = new OpenchamiProvisioner(
    lab.namedUrl,
    new OpenchamiService({ http, token: new Token(token), clock }),
  );
  const provision = async (): Promise<string[]> => {
    const told: string[] = [];
    const nodes = await provisioner.provision(request, signal, (level, said) => {
      if (level === 'warning') told.push(wordsOf(said));
    });
    assert.ok(nodes.every(({ change }) => change !== 'failed'));
    return told;
  };
  const notes = async () => (await provisioner.notes(request, signal)).map((one) => wordsOf(one));
  return { lab, provision, notes };
}

/** Groups and hostnames. */
const needs = /^POST .*(?:groups|instanceinfos)/;
const cloudInitData = /^GET \/(?:metadata-service|cloud-init)\//;
const needsSent = (lab: OpenchamiLab) => lab.writes.filter((line) => needs.test(line));
const numbers = (lab: OpenchamiLab) => [first, second, third].map((xname) => lab.state.components.get(xname)?.['NID']);
const members = (lab: OpenchamiLab) =>
  Object.fromEntries([...lab.report.groups].map(([label, ids]) => [label, [...ids]]));
const hostnames = (lab: OpenchamiLab) =>
  lab.report.instances.map(({ spec }) => [spec['instance_id'], spec['local_hostname']]).sort();

suite('with boot-service and metadata-service', () => {
  test('nodes get a number, the group of their role and a hostname, once', async (t) => {
    const { lab, provision } = await world(t, { boot: 'boot-service' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    await provision();
    assert.deepEqual(numbers(lab), [7, 2, 3], 'by hostname, else by the place in the file');
    assert.deepEqual(members(lab), { [slurm]: [first, third], [login]: [second] });
    assert.deepEqual(hostnames(lab), [
      [first, 'nid007'],
      [second, 'cn-2'],
      [third, 'cn-3'],
    ]);
    lab.syncNodes();
    const { length } = lab.writes;
    assert.deepEqual(await provision(), []);
    assert.equal(lab.writes.length, length);
  });

  test('what others put there stays, and what differs is named', async (t) => {
    const { lab, provision, notes } = await world(t, { boot: 'boot-service' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    lab.state.postComponents({ Components: [{ ID: first, NID: 2, State: 'Ready' }] });
    lab.state.postInterface({ MACAddress: '04:00:00:00:01:01', ComponentID: first });
    lab.report.groups.set(slurm, new Set(['x9c0s0b0n0']));
    const spec = { instance_id: second, local_hostname: 'login.lab.invalid' };
    lab.report.addInstance({ metadata: { name: second }, spec });
    const planned = (await notes()).slice(2);
    assert.deepEqual(planned, [
      'SMD has other numbers (NID) for these nodes than their hostnames, and DHCP names nodes by number: nid007 (2). Nothing is changed there.',
      'metadata-service has other hostnames for these nodes: cn-2. Nothing is changed there.',
    ]);
    assert.deepEqual(lab.writes, [], 'a plan only reads');
    assert.deepEqual((await provision()).slice(1), planned);
    assert.deepEqual(numbers(lab), [2, 1, 3], 'no number twice');
    assert.deepEqual(members(lab)[slurm], ['x9c0s0b0n0', first, third]);
    assert.deepEqual(hostnames(lab)[1], [second, 'login.lab.invalid']);
  });

  test('a node whose role changed stays in its earlier group, and the plan says so', async (t) => {
    const { lab, provision, notes } = await world(t, { boot: 'boot-service' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    assert.deepEqual((await notes()).slice(2), []);
    await provision();
    lab.syncNodes();
    lab.report.groups.set(login, new Set([second, first]));
    lab.report.groups.set('rack-7', new Set([third, 'x9c0s0b0n0']));
    const planned = [
      `These nodes are in group ${login} of SMD too, stay in it and get its cloud-init data as well: nid007. Remove them there if it is the group of an earlier role.`,
      'These nodes are in group rack-7 of SMD too and stay in it: cn-3. Remove them there if it is the group of an earlier role.',
    ];
    assert.deepEqual((await notes()).slice(2), planned);
    assert.deepEqual(await provision(), planned);
    assert.deepEqual(members(lab)[login], [second, first]);
  });

  test('a group without cloud-init data is named with its nodes', async (t) => {
    const { lab, notes } = await world(t, { boot: 'boot-service' });
    lab.report.cloudInitGroups.add(login);
    assert.deepEqual((await notes()).slice(2), [
      `metadata-service has no cloud-init data for group ${slurm}. These nodes boot without a configuration and do not report: nid007, cn-3`,
    ]);
  });

  for (const when of ['before', 'after'] as const) {
    test(`after an answer that is lost ${when} the effect nothing is there twice`, async (t) => {
      const { lab, provision } = await world(t, { boot: 'boot-service' });
      for (const on of [/^POST .*groups$/, /^POST .*instanceinfos/]) lab.faults.add({ kind: 'cut', when, on });
      await provision();
      assert.deepEqual(members(lab), { [slurm]: [first, third], [login]: [second] });
      assert.equal(lab.report.instances.length, 3);
    });
  }

  test('what does not come about is told with its reason, and the nodes can boot all the same', async (t) => {
    const { lab, provision } = await world(t, { boot: 'boot-service' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    lab.faults.add({ kind: 'cut', when: 'before', on: needs, times: 99 });
    const told = (await provision()).slice(1);
    const lines = [
      `SMD does not show these nodes in group ${slurm}: nid007, cn-3. First failure: POST /hsm/v2/groups: `,
      `SMD does not show these nodes in group ${login}: cn-2. First failure: POST /hsm/v2/groups: `,
      'metadata-service does not show the hostnames of these nodes: nid007, cn-2, cn-3. First failure: POST /metadata-service/instanceinfos: ',
    ];
    assert.equal(told.length, lines.length);
    for (const [index, line] of lines.entries()) {
      const words = told[index] ?? '';
      assert.ok(words.startsWith(line) && words.length > line.length, words);
    }
    assert.equal(needsSent(lab).length, 10, 'after lost answers once more');
  });

  for (const { status, body, said } of [
    { status: 400, body: { title: 'Bad Request', detail: 'bad label' }, said: 'HTTP 400 bad label' },
    { status: 409, body: { error: 'is there', code: 409 }, said: 'HTTP 409 is there' },
    { status: 500, body: '<html>no</html>', said: 'HTTP 500' },
  ]) {
    test(`what is refused with ${String(status)} is told with what the service said, and not sent again`, async (t) => {
      const { lab, provision } = await world(t, { boot: 'boot-service' });
      for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
      lab.refusals.push({ on: needs, reply: { status, body } });
      assert.deepEqual((await provision()).slice(1), [
        `SMD does not show these nodes in group ${slurm}: nid007, cn-3. First failure: POST /hsm/v2/groups: ${said}`,
        `SMD does not show these nodes in group ${login}: cn-2. First failure: POST /hsm/v2/groups: ${said}`,
        `metadata-service does not show the hostnames of these nodes: nid007, cn-2, cn-3. First failure: POST /metadata-service/instanceinfos: ${said}`,
      ]);
      assert.equal(needsSent(lab).length, 5, 'each once');
    });
  }

  test('beside a lost answer, only what was lost is sent again', async (t) => {
    const { lab, provision } = await world(t, { boot: 'boot-service' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    lab.report.groups.set(slurm, new Set());
    lab.refusals.push({ on: /^POST .*members/, reply: { status: 400, body: { detail: 'bad xname' } } });
    lab.faults.add({ kind: 'cut', when: 'before', on: /^POST .*(?:groups$|instanceinfos)/, times: 4 });
    assert.deepEqual((await provision()).slice(1), [
      `SMD does not show these nodes in group ${slurm}: nid007, cn-3. First failure: POST /hsm/v2/groups/${slurm}/members: HTTP 400 bad xname`,
    ]);
    assert.deepEqual(members(lab), { [slurm]: [], [login]: [second] });
    assert.equal(needsSent(lab).filter((line) => line.includes('members')).length, 2, 'the refused ones once');
    assert.equal(needsSent(lab).length, 2 + 2 * 4);
  });
});

suite('with BSS and cloud-init', () => {
  test('groups are written, and endpoints and hostnames are named node by node', async (t) => {
    const { lab, provision, notes } = await world(t, { boot: 'bss' });
    for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
    lab.report.endpoints.add(first);
    const planned = (await notes()).slice(2);
    assert.match(planned[0] ?? '', /^SMD has no Redfish endpoint for these nodes, .*kernel: cn-2, cn-3\./);
    assert.match(planned[1] ?? '', /^cloud-init does not tell which hostnames it has, .*: cn-2, cn-3$/);
    assert.equal(planned.length, 2);
    assert.deepEqual(await provision(), planned);
    assert.deepEqual(members(lab), { [slurm]: [first, third], [login]: [second] });
    assert.ok(lab.writes.every((line) => !line.includes('cloud-init') && !line.includes('RedfishEndpoints')));
  });

  for (const status of [404, 405, 410, 501]) {
    test(`without any service for cloud-init data (${String(status)}) the plan says so`, async (t) => {
      const { lab, notes } = await world(t, { boot: 'bss', metadata: 'none' });
      lab.refusals.push({ on: cloudInitData, reply: { status, body: undefined } });
      assert.equal(
        (await notes()).at(-1),
        'There is neither metadata-service nor cloud-init. These nodes boot without a configuration and do not report: nid007, cn-2, cn-3',
      );
    });
  }
});

suite('what does not answer is unknown, never missing', () => {
  const all = 'nid007, cn-2, cn-3';
  const silent: readonly (LabReply & { readonly what: string; readonly said: string })[] = [
    ...[500, 502, 503, 504, 418].map((status) => {
      return { what: String(status), status, body: undefined, said: `HTTP ${String(status)}` };
    }),
    { what: 'a page', status: 200, body: '<html>hello</html>', said: 'a response that is not JSON' },
    { what: 'another list', status: 200, body: [7], said: 'an unknown response' },
  ];

  for (const { what, said, ...reply } of silent) {
    test(`${what} for the groups and instances of metadata-service and the groups of cloud-init`, async (t) => {
      const { lab, notes } = await world(t, { boot: 'boot-service' });
      lab.refusals.push({ on: cloudInitData, reply });
      assert.deepEqual((await notes()).slice(2), [
        `It is unknown whether these nodes boot with a configuration (GET /metadata-service/groups: ${said}; GET /metadata-service/instanceinfos: ${said}; GET /cloud-init/admin/groups: ${said}): ${all}. Check that haproxy listens on port 8443 of the management server, and that its hostname resolves.`,
      ]);
    });

    test(`${what} for one list: the others are told all the same`, async (t) => {
      const { lab, notes } = await world(t, { boot: 'boot-service' });
      const refusal = { on: /^GET \/metadata-service\/groups/, reply };
      lab.refusals.push(refusal);
      assert.deepEqual((await notes()).slice(2), [
        `metadata-service does not tell which groups it has cloud-init data for. It is unknown whether these nodes boot with a configuration: ${all}`,
      ]);
      lab.refusals.splice(0, 1, { on: /^GET .*instanceinfos/, reply });
      lab.report.cloudInitGroups.add(login);
      assert.deepEqual((await notes()).slice(2), [
        `metadata-service has no cloud-init data for group ${slurm}. These nodes boot without a configuration and do not report: nid007, cn-3`,
        `metadata-service does not tell which hostnames it has. They are set only when it does: ${all}`,
      ]);
      assert.deepEqual(lab.writes, []);
    });

    test(`${what} for groups and endpoints of SMD`, async (t) => {
      const { lab, notes } = await world(t, { boot: 'bss' });
      for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
      lab.refusals.push({ on: /^GET \/hsm\/v2\/(?:groups|Inventory\/ComponentEndpoints)/, reply });
      assert.deepEqual((await notes()).slice(2, 4), [
        `SMD does not tell which nodes it has a Redfish endpoint for, and BSS serves nodes without one the discovery kernel: ${all}`,
        'SMD does not tell its groups. Nodes are put into theirs only when it does, and without a group no cloud-init data reaches a node.',
      ]);
    });
  }

  for (const [what, on] of [
    ['metadata-service', /^GET \/metadata-service/],
    ['SMD groups', /^GET \/hsm\/v2\/groups/],
    ['the nodes of boot-service', /^GET \/boot-service\/nodes/],
  ] as const) {
    test(`${what} that cuts every connection: boot parameters and what others take are written all the same`, async (t) => {
      const { lab, provision } = await world(t, { boot: 'boot-service' });
      for (const group of [slurm, login]) lab.report.cloudInitGroups.add(group);
      lab.faults.add({ kind: 'cut', when: 'before', on, times: Number.MAX_SAFE_INTEGER });
      const told = await provision();
      assert.ok(
        told.some((line) => /unknown|does not (?:tell|report)/.test(line)),
        told.join('\n'),
      );
      const isGroups = what === 'SMD groups';
      assert.deepEqual(members(lab), isGroups ? {} : { [slurm]: [first, third], [login]: [second] });
      assert.equal(lab.report.instances.length, what === 'metadata-service' ? 0 : 3);
      assert.equal(lab.state.components.size, 3);
    });
  }

  test('an object without the list of endpoints tells no endpoint', async (t) => {
    const { lab, notes } = await world(t, { boot: 'bss' });
    lab.refusals.push({ on: /^GET .*ComponentEndpoints/, reply: { status: 200, body: {} } });
    assert.match((await notes())[2] ?? '', /^SMD does not tell which nodes it has a Redfish endpoint for/);
    lab.refusals.splice(0, 1, {
      on: /^GET .*ComponentEndpoints/,
      reply: { status: 200, body: { ComponentEndpoints: null } },
    });
    assert.match(
      (await notes())[2] ?? '',
      /^SMD has no Redfish endpoint for these nodes/,
      'Go writes an empty list as null',
    );
  });

  test('metadata-service that fails beside a cloud-init that answers: which of them nodes ask is unknown', async (t) => {
    const { lab, notes } = await world(t, { boot: 'bss' });
    lab.refusals.push({ on: /^GET \/metadata-service/, reply: { status: 500, body: undefined } });
    assert.equal(
      (await notes()).at(-1),
      `It is unknown whether these nodes boot with a configuration (GET /metadata-service/groups: HTTP 500; GET /metadata-service/instanceinfos: HTTP 500): ${all}. Check that haproxy listens on port 8443 of the management server, and that its hostname resolves.`,
    );
  });
});

test('what cannot be asked is unknown, and the plan holds', async (t) => {
  const { lab, notes } = await world(t, { boot: 'none' });
  assert.match((await notes())[1] ?? '', /^What these nodes lack in OpenCHAMI is unknown: SMD responds, but neither/);
  assert.deepEqual(lab.writes, []);
});
