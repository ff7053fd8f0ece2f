import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { after, before, suite, test } from 'node:test';
import { waitUntil } from '../../support/waitUntil.ts';
import { labGenerations, type LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import type { LabBmc } from '@omnia-buildstream/lab/bmc/bmc';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { faultyLab, labPassword, labUser, quickLab } from '../../support/lab.ts';

/** What Redfish requires of a service (DSP0266), checked over HTTPS for every generation that the lab simulates. */

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isLoggedIn?: boolean;
}

function ask(lab: Lab, bmc: LabBmc, path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, isLoggedIn = true } = question;
  return new Promise((resolve, reject) => {
    const auth = isLoggedIn ? { auth: `${labUser}:${labPassword}` } : {};
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const where = { host: bmc.node.address, port: lab.port, path, ca: lab.ca, agent: false };
    const sent = request({ ...where, method, headers: { ...json, ...headers }, ...auth }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function read(lab: Lab, bmc: LabBmc, path: string): Promise<Record<string, unknown>> {
  const { status, text } = await ask(lab, bmc, path);
  assert.equal(status, 200, `${path}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** All resources reachable from the root by links within the service. */
async function walk(lab: Lab, bmc: LabBmc): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  const todo = ['/redfish/v1'];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (found.has(path)) continue;
    const resource = await read(lab, bmc, path);
    found.set(path, resource);
    for (const [, link = ''] of JSON.stringify(resource).matchAll(/"@odata\.id":"(\/redfish\/v1[^"]*)"/g))
      todo.push(link);
  }
  return found;
}

suite('the lab’s BMCs keep to the protocol', () => {
  let lab: Lab;
  before(async () => (lab = await quickLab({ size: labGenerations.length, generations: [...labGenerations] })));
  after(() => lab.stop());

  const each = (name: string, check: (bmc: LabBmc, generation: LabGeneration) => Promise<void>): void => {
    for (const [index, generation] of labGenerations.entries()) {
      test(`${generation}: ${name}`, async () => {
        const bmc = lab.bmcs[index];
        assert.ok(bmc);
        await check(bmc, generation);
      });
    }
  };

  each('every link leads to a resource with its own path and type, and HEAD tells the same as GET', async (bmc) => {
    const found = await walk(lab, bmc);
    assert.ok(found.size > 10, String(found.size));
    for (const [path, resource] of found) {
      if (path.includes('/Oem/') || path.includes('/Dell/')) continue;
      assert.equal(resource['@odata.id'], path);
      assert.equal(typeof resource['@odata.type'], 'string', path);
      const [got, head] = await Promise.all([ask(lab, bmc, path), ask(lab, bmc, path, { method: 'HEAD' })]);
      assert.equal(head.text, '');
      for (const name of [
        'allow',
        'cache-control',
        'link',
        'odata-version',
        'content-type',
        'content-length',
        'etag',
      ]) {
        assert.equal(head.headers[name], got.headers[name], `${name} of ${path}`);
      }
      assert.match(got.headers.allow ?? '', /^GET, HEAD/, path);
      assert.equal(got.headers['cache-control'], 'no-cache', path);
      assert.match(
        String(got.headers['link']),
        /^<http:\/\/redfish\.dmtf\.org\/schemas\/v1\/\w+\.json>; rel=describedby$/,
        path,
      );
      assert.equal(got.headers['odata-version'], '4.0');
    }
  });

  each('a method that a resource has not is refused with those that it has, and changes nothing', async (bmc) => {
    const { system, reset } = bmc.paths;
    const refused: readonly (readonly [string, string])[] = [
      ...['PATCH', 'POST', 'DELETE', 'PUT'].map((method) => [method, '/redfish/v1'] as const),
      ...['POST', 'DELETE'].map((method) => [method, system] as const),
      ['PATCH', '/redfish/v1/Systems'],
      ['DELETE', '/redfish/v1/Managers'],
      ['GET', reset],
    ];
    const before = JSON.stringify([bmc.boot, bmc.power.state, bmc.record.resets]);
    for (const [method, path] of refused) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
      const { status, headers, text } = await ask(lab, bmc, path, { method, ...body });
      assert.equal(status, 405, `${method} ${path}`);
      assert.ok(headers.allow !== undefined && !headers.allow.split(', ').includes(method), headers.allow);
      assert.match(text, /OperationNotAllowed/);
    }
    assert.equal(JSON.stringify([bmc.boot, bmc.power.state, bmc.record.resets]), before);
  });

  each('the root, its version, odata and $metadata are for everybody; nothing else is', async (bmc) => {
    for (const path of ['/redfish', '/redfish/v1', '/redfish/v1/', '/redfish/v1/odata', '/redfish/v1/$metadata']) {
      assert.equal((await ask(lab, bmc, path, { isLoggedIn: false })).status, 200, path);
    }
    for (const path of ['/redfish/v1/Systems', '/redfish/v1/AccountService/Roles', bmc.paths.system]) {
      assert.equal((await ask(lab, bmc, path, { isLoggedIn: false })).status, 401, path);
    }
    const metadata = await ask(lab, bmc, '/redfish/v1/$metadata');
    assert.match(metadata.headers['content-type'] ?? '', /^application\/xml/);
    assert.match(metadata.text, /<edmx:Edmx [^>]*Version="4\.0">/);
    const { value } = await read(lab, bmc, '/redfish/v1/odata');
    assert.ok(Array.isArray(value) && value.length > 1);
  });

  each('another version of OData is refused', async (bmc) => {
    const versions = ['4.0', '4.1', '3.0'];
    const asked = versions.map((version) => ask(lab, bmc, bmc.paths.system, { headers: { 'OData-Version': version } }));
    assert.deepEqual(
      (await Promise.all(asked)).map(({ status }) => status),
      [200, 412, 412],
    );
  });

  each(
    'accounts have the roles of the standard, and Dell’s systems tell what they can boot',
    async (bmc, generation) => {
      const found = await walk(lab, bmc);
      const roles = [...found.keys()].filter((path) => path.includes('/Roles/')).map((path) => path.split('/').at(-1));
      assert.deepEqual(roles.sort(), ['Administrator', 'Operator', 'ReadOnly']);
      const options = [...found.values()].filter((one) => String(one['@odata.type']).startsWith('#BootOption.'));
      const boot = found.get(bmc.paths.system)?.['Boot'] as { readonly BootOrder?: readonly string[] };
      assert.deepEqual(
        options.map((one) => one['BootOptionReference']).sort(),
        generation === 'plain' ? [] : [...(boot.BootOrder ?? [])].sort(),
      );
    },
  );
});

test('an iDRAC 8 is as recorded: at rest Once and None, no GracefulRestart or PowerCycle, no Lifecycle link', async (t) => {
  const lab = await quickLab({ generations: ['idrac8'], isOn: () => false });
  t.after(() => lab.stop());
  const [bmc] = lab.bmcs;
  assert.ok(bmc);
  const override = async (): Promise<unknown[]> => {
    const boot = (await read(lab, bmc, bmc.paths.system))['Boot'] as Record<string, unknown>;
    return [boot['BootSourceOverrideEnabled'], boot['BootSourceOverrideTarget']];
  };
  assert.deepEqual(await override(), ['Once', 'None']);
  assert.ok(!JSON.stringify(await read(lab, bmc, bmc.paths.manager)).includes('DellLCService'));
  const order = (type: string): Promise<Answer> =>
    ask(lab, bmc, bmc.paths.reset, { method: 'POST', body: JSON.stringify({ ResetType: type }) });
  for (const type of ['GracefulRestart', 'PowerCycle']) {
    assert.ok(!JSON.stringify(await read(lab, bmc, bmc.paths.system)).includes(type));
    assert.equal((await order(type)).status, 400);
  }
  const pxe = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' };
  await ask(lab, bmc, bmc.paths.system, { method: 'PATCH', body: JSON.stringify({ Boot: pxe }) });
  assert.deepEqual(await override(), ['Once', 'Pxe']);
  bmc.power.reset('On');
  // Once the node has booted, the override is used up.
  await waitUntil('the node to run', () => bmc.isRunning || undefined);
  assert.deepEqual(await override(), ['Once', 'None']);
});

suite('BMCs that are otherwise', () => {
  async function withBmc(faults: Faults, use: (lab: Lab, bmc: LabBmc) => Promise<void>): Promise<void> {
    const lab = await faultyLab(faults);
    try {
      const [bmc] = lab.bmcs;
      assert.ok(bmc);
      await use(lab, bmc);
    } finally {
      await lab.stop();
    }
  }
  const login = {
    method: 'POST',
    body: JSON.stringify({ UserName: labUser, Password: labPassword }),
    isLoggedIn: false,
  };
  const restart = { method: 'POST', body: JSON.stringify({ ResetType: 'ForceRestart' }) };
  const pxe = { Boot: { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' } };

  test('one without a session service names none, opens none, and takes Basic', async () => {
    await withBmc({ noSessions: true }, async (lab, bmc) => {
      const root = await read(lab, bmc, '/redfish/v1');
      assert.deepEqual([root['SessionService'], root['Links']], [undefined, undefined]);
      for (const path of ['/redfish/v1/Sessions', '/redfish/v1/SessionService/Sessions']) {
        assert.equal((await ask(lab, bmc, path, login)).status, 404);
        assert.equal((await ask(lab, bmc, path)).status, 404);
      }
      assert.equal((await ask(lab, bmc, bmc.paths.system)).status, 200);
      assert.ok(![...(await walk(lab, bmc)).keys()].some((path) => path.includes('Session')));
    });
  });

  test('one with a baseboard lists it first; it has no boot source and no reset', async () => {
    await withBmc({ twoSystems: true }, async (lab, bmc) => {
      const found = await walk(lab, bmc);
      const systems = [...found].filter(([, one]) => String(one['@odata.type']).startsWith('#ComputerSystem.'));
      assert.equal(systems.length, 2);
      const members = found.get('/redfish/v1/Systems')?.['Members'] as readonly { '@odata.id': string }[];
      const baseboard = found.get(members[0]?.['@odata.id'] ?? '');
      assert.deepEqual(
        [baseboard?.['Id'], baseboard?.['Boot'], baseboard?.['Actions']],
        ['HGX_Baseboard_0', undefined, undefined],
      );
      assert.equal(members[1]?.['@odata.id'], bmc.paths.system);
    });
  });

  test('another machine than the row says shows its own service tag everywhere', async () => {
    await withBmc({ foreignTag: '7ABC123' }, async (lab, bmc) => {
      const text = JSON.stringify([...(await walk(lab, bmc)).values()]);
      assert.ok(text.includes('7ABC123') && !text.includes(bmc.node.serviceTag));
      assert.ok(lab.mappingFile.includes(bmc.node.serviceTag));
    });
  });

  test('one that restarts forgets its sessions: 401 for a token that worked, and a new login works', async () => {
    const rules = [{ on: 'boot', times: 1, action: { do: 'forget-sessions' } }] as const;
    await withBmc({ rules }, async (lab, bmc) => {
      const path = '/redfish/v1/SessionService/Sessions';
      const token = async (): Promise<string> => String((await ask(lab, bmc, path, login)).headers['x-auth-token']);
      const change = async (name: string): Promise<number> => {
        const how = {
          method: 'PATCH',
          body: JSON.stringify(pxe),
          headers: { 'x-auth-token': name },
          isLoggedIn: false,
        };
        return (await ask(lab, bmc, bmc.paths.system, how)).status;
      };
      const first = await token();
      assert.equal(await change(first), 401);
      assert.equal(bmc.boot.target, 'None');
      assert.equal(await change(await token()), 200);
      assert.equal(bmc.boot.target, 'Pxe');
    });
  });

  for (const status of [408, 500, 502, 503, 504]) {
    test(`a reset that is carried out and then answered ${String(status)} has happened`, async () => {
      const rules = [{ on: 'reset', action: { do: 'answer-after', status } }] as const;
      await withBmc({ rules }, async (lab, bmc) => {
        const answer = await ask(lab, bmc, bmc.paths.reset, restart);
        assert.deepEqual([answer.status, answer.headers['content-type']], [status, 'text/html']);
        assert.equal(bmc.record.resetsCarriedOut, 1);
      });
    });
  }
});
