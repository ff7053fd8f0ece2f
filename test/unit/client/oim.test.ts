import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { apiAddressOf, apiKeyOf } from '@omnia-buildstream/client/oim/apiAddress';
import { deploymentText, type Deployment, type DeploymentWords } from '@omnia-buildstream/client/oim/deploymentText';
import { readClients, writeClients } from '@omnia-buildstream/client/oim/storedClients';
import { oimJob, oimStage } from '../../support/oimStage.ts';

const jobId = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';

suite('the address of the API', () => {
  test('is HTTPS, because secrets go there, and has no user in it', () => {
    assert.equal(apiAddressOf(' 10.5.0.1:8443 ')?.href, 'https://10.5.0.1:8443/');
    for (const text of ['', 'http://10.5.0.1', 'ftp://10.5.0.1', 'https://root:secret@10.5.0.1', 'no address']) {
      assert.equal(apiAddressOf(text), undefined, text);
    }
  });

  test('is the same API however its prefix is written, and another one at another port', () => {
    const keys = ['https://oim', 'https://oim/', 'https://OIM:443/api/v1', 'https://oim/api/v1/?x#y'].map(keyOf);
    assert.deepEqual(new Set(keys), new Set(['https://oim']));
    assert.notEqual(keyOf('https://oim:8443'), keys[0]);
    assert.equal(keyOf('https://proxy/bsm/api/v1'), 'https://proxy/bsm');
  });

  function keyOf(text: string): string {
    const url = apiAddressOf(text);
    assert.ok(url);
    return apiKeyOf(url);
  }
});

suite('stored clients', () => {
  test('are read as they were written; anything odd counts as signed out', () => {
    const client = { api: 'https://oim', id: 'bsm-1', secret: 's' };
    assert.deepEqual(readClients(writeClients([client])), [client]);
    assert.deepEqual(readClients(JSON.stringify([client, { api: 'https://oim' }, 7])), [client]);
    for (const text of [undefined, '{', '{}']) assert.deepEqual(readClients(text), []);
  });
});

suite('the text of a deployment', () => {
  const words = new Proxy({}, { get: (_, name) => String(name) }) as DeploymentWords;
  const group = { id: 'rhel10', jobId, status: 'FAILED', images: [{ role: 'os', name: 'a|b', boot: undefined }] };
  const at = Date.UTC(2026, 3, 10, 16, 32, 15);
  const known = { startedAt: at, endedAt: at, attempt: 2 };
  const restart = oimStage({
    ...known,
    name: 'restart',
    state: 'FAILED',
    errorCode: 'PLAYBOOK_FAILED',
    errorSummary: '<img src=x> [2 nodes](http://evil)',
    logFile: '/opt/omnia/log/restart_2.log',
  });
  const validate = oimStage({
    ...known,
    name: 'validate',
    state: 'COMPLETED',
    resultDetail: { test_summary: { total: 3, passed: 2, failed: 1 }, report_path: '/r.json', log_path: '/v.log' },
  });
  const job = oimJob({ id: jobId, state: 'FAILED', createdAt: at, updatedAt: at, stages: [restart, validate] });
  const deployment: Deployment = { api: 'oim:443', health: 'healthy', at, groups: [group], shown: { group, job } };

  test('has health, states, times, logs, errors, tests and the report', () => {
    const text = deploymentText(deployment, words);
    const time = String.raw`2026\-04\-10 16:32:15 UTC`;
    for (const part of [
      '- health: `oim:443`: **healthy**',
      '- imageGroup: `rhel10`: **FAILED**',
      `- updated: ${time}`,
      `| restart | FAILED | 2 | ${time} | ${time} | \`/opt/omnia/log/restart_2.log\` |`,
      '| validate | COMPLETED | 2 |',
      '`/v.log`',
      '- restart: PLAYBOOK\\_FAILED: ',
      '- passed: 2 / 3',
      '- report: `/r.json`',
    ]) {
      assert.ok(text.includes(part), `${part}\n${text}`);
    }
  });

  test('texts of the API are shown as they are: no links, pictures or further cells', () => {
    const text = deploymentText(deployment, words);
    assert.doesNotMatch(text, /(?<!\\)<img|\[2 nodes\]\(/);
    assert.ok(text.includes('| `os` | `a¦b` |'), text);
  });

  test('says so when there is no image group, no job, or no validation', () => {
    assert.match(deploymentText({ ...deployment, groups: [], shown: undefined }, words), /noGroups\n$/);
    assert.match(deploymentText({ ...deployment, shown: { group, job: undefined } }, words), /noJob/);
    const young = { ...job, stages: [restart] };
    assert.match(deploymentText({ ...deployment, shown: { group, job: young } }, words), /notValidated/);
  });
});
