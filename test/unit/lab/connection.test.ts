import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback, readLabConnection, type LabConnection } from '@omnia-buildstream/core/lab/connection';

const connection: LabConnection = {
  gitlab: {
    url: 'https://127.0.0.1:1',
    caFile: '/lab/gitlab.pem',
    project: 'root/omnia',
    username: 'root',
    token: 't',
  },
  api: { url: 'https://127.0.0.1:2', caFile: '/lab/api.pem', username: 'u', password: 'p' },
  bmc: { port: 3, user: 'root', password: 'p', caFile: '/lab/bmc.pem' },
  networks: { bmcs: ['127.30.0.0/16'], nodes: ['127.31.0.0/16'] },
  report: 'tcp:8022',
  imagesFile: '/lab/images.json',
  bootFolder: '/lab/boot',
  hostsFile: '/lab/hosts',
  ports: { ssh: 8022 },
  control: { url: 'http://127.0.0.1:4', token: 'c' },
};

test('what the lab writes is read back', () => {
  assert.deepEqual(readLabConnection(JSON.stringify(connection)), { value: connection });
});

test('a lab may have registered the client of its API', () => {
  const api = { ...connection.api, clientId: 'id', clientSecret: 'secret' };
  assert.deepEqual(readLabConnection(JSON.stringify({ ...connection, api })), { value: { ...connection, api } });
});

test('a lab tells what its API does with a job whose tests have passed; what nobody knows is left out', () => {
  for (const afterPassed of ['refused', 'taken-up'] as const) {
    const api = { ...connection.api, afterPassed };
    assert.deepEqual(readLabConnection(JSON.stringify({ ...connection, api })), { value: { ...connection, api } });
  }
  const odd = { ...connection, api: { ...connection.api, afterPassed: 'perhaps' } };
  assert.deepEqual(readLabConnection(JSON.stringify(odd)), { value: connection });
});

test('a lab tells whose pipelines and API it plays, and whether that tells of single nodes', () => {
  for (const omnia of ['2.2', '2.3'] as const) {
    const past = omnia === '2.3' ? 'recorded' : 'none';
    const api = { ...connection.api, servesArtifacts: omnia === '2.3', past } as const;
    const whole = { omnia, ...connection, api };
    assert.deepEqual(readLabConnection(JSON.stringify(whole)), { value: whole });
  }
  assert.deepEqual(readLabConnection(JSON.stringify({ ...connection, omnia: '1.0' })), { value: connection });
});

test('a file of something else is refused, and one that leads to another machine', () => {
  assert.deepEqual(readLabConnection('no json'), { problem: 'not-json' });
  assert.deepEqual(readLabConnection('[]'), { problem: 'incomplete' });
  const rest = { ...connection, control: undefined };
  assert.deepEqual(readLabConnection(JSON.stringify(rest)), { problem: 'incomplete' });
  const away = { ...connection, gitlab: { ...connection.gitlab, url: 'https://gitlab.example.com' } };
  assert.deepEqual(readLabConnection(JSON.stringify(away)), { problem: 'not-loopback' });
});

test('only addresses of this machine are loopback', () => {
  for (const url of ['https://127.0.0.1:8443', 'http://localhost', 'https://127.20.1.5/x', 'https://[::1]:2']) {
    assert.ok(isLoopback(url), url);
  }
  for (const url of [
    'https://127.0.0.1.example.com',
    'https://127.0.0.1@example.com',
    'https://10.0.0.1',
    'x',
    'https://localhost.example.com/',
  ]) {
    assert.ok(!isLoopback(url), url);
  }
});
