/**
 * The VS Code that `npm start` and the tests open: it has its own port, rejects requests without the token, and trusts
 * no folder until a person says so.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { labSettings } from '../../scripts/labWorkspace.mjs';
import { root } from '../../scripts/paths.mjs';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';

let servers: readonly VscodeServer[] = [];
before(async () => {
  // The first as in `npm start`; the second as in the journeys, whose folders belong to the tests.
  servers = await Promise.all([
    startVscodeServer({ settings: labSettings }),
    startVscodeServer({ workspaceTrust: false }),
  ]);
});
after(() => {
  for (const server of servers) server.stop();
});

test('two started at the same time have ports and tokens of their own', () => {
  const [one, other] = servers.map((server) => new URL(server.url('/')));
  assert.notEqual(one?.port, other?.port);
  assert.notEqual(one?.searchParams.get('tkn'), other?.searchParams.get('tkn'));
});

test('with the token the browser gets in', async () => {
  for (const server of servers) {
    const { status, location } = await ask(new URL(server.url('/')));
    assert.equal(status, 302);
    assert.ok(!location.includes('tkn='), 'the token does not stay in the address');
  }
});

test('folders have to be trusted: the page that is served says so to the workbench, and no setting takes it back', async () => {
  const served: boolean[] = [];
  const settings: unknown[] = [];
  for (const server of servers) {
    served.push((await pageOf(server)).includes('enableWorkspaceTrust&quot;:true'));
    const file = path.join(server.dir, 'data/data/User/settings.json');
    settings.push((JSON.parse(readFileSync(file, 'utf8')) as object)['security.workspace.trust.enabled' as never]);
  }
  assert.deepEqual({ served, settings }, { served: [true, false], settings: [true, false] });
  const start = readFileSync(path.join(root, 'scripts/start.mjs'), 'utf8');
  assert.doesNotMatch(start, /workspaceTrust|workspace\.trust/, 'npm start takes the default');
});

/** The page as a browser gets it: with the cookie that it received in exchange for the token. */
async function pageOf(server: VscodeServer): Promise<string> {
  const url = new URL(server.url('/'));
  const first = await fetch(url, { redirect: 'manual' });
  const cookie = first.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  const page = await fetch(new URL(first.headers.get('location') ?? '', url), {
    headers: { cookie: cookie.join('; ') },
  });
  return page.text();
}

for (const [who, token, headers] of [
  ['without a token', undefined, {}],
  ['with a guessed token', 'guess', {}],
  ['by another name for this machine', undefined, { host: 'lab.example' }],
  ['from a page of somebody else', undefined, { origin: 'https://page.example' }],
] as const) {
  test(`${who} nobody gets in`, async () => {
    for (const server of servers) {
      const url = new URL(server.url('/'));
      if (token === undefined) url.searchParams.delete('tkn');
      else url.searchParams.set('tkn', token);
      assert.equal((await ask(url, headers)).status, 403);
    }
  });
}

function ask(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number; location: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
    })
      .once('error', reject)
      .end();
  });
}
