/** The address of the VS Code that `npm start` and the tests open: its own port, and nobody gets in without the token. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';

let servers: readonly VscodeServer[] = [];
before(async () => {
  servers = await Promise.all([startVscodeServer({}), startVscodeServer({})]);
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
