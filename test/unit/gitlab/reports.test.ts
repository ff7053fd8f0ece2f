import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { failuresOf } from '@omnia-buildstream/gitlab/trace/failures';
import { readRemote } from '@omnia-buildstream/gitlab/project/remote';
import { projectOn, serverAddress } from '@omnia-buildstream/gitlab/project/server';
import { bss } from '@omnia-buildstream/provision/openchami/bss';
import { bootService } from '@omnia-buildstream/provision/openchami/bootService';
import { legacyBootService } from '@omnia-buildstream/provision/openchami/legacyBootService';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { bootNode } from '../../support/deploy/bootNodes.ts';

/**
 * The reports about pipelines and provisioning, each checked against its expect.txt. Those about the mapping file and
 * failed_nodes.json are in test/unit/rules/reports.test.ts. Cases of our own are in the tests of their subject: logs in
 * logDocument.test.ts, remotes in remote.test.ts, OpenCHAMI in bootService.test.ts and openchamiServices.test.ts,
 * locations of the mapping file in detectVersion.test.ts.
 */
const folder = path.resolve(import.meta.dirname, '../../../../shared/cases/reports');
const skip = existsSync(folder) ? false : 'the folder of reports is not here';

function read(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

suite('reports about pipelines and provisioning', { skip }, () => {
  test('01: the template adds no stage to the one of Omnia, and the old one did', () => {
    const stages = (text: string) => [...text.matchAll(/^ {2}stage: (.*)$/gm)].map(([, stage]) => stage);
    assert.deepEqual(stages(read('01-ci-template-stage/validate.gitlab-ci.yml')), ['test']);
    const ours = readFileSync(path.resolve(import.meta.dirname, '../../../docs/ci/validate.gitlab-ci.yml'), 'utf8');
    assert.deepEqual([...new Set(stages(ours))], ['.pre']);
  });

  test('03: the answer of boot-service with its legacy API is recognised as such, and its entry is kept', () => {
    const answer: unknown = JSON.parse(read('03-openchami-of-current-omnia/boot-parameters.json'));
    const recognised = [bootService, legacyBootService, bss].filter((api) => api.recognises(answer));
    assert.deepEqual(
      recognised.map(({ name }) => name),
      [legacyBootService.name],
    );
    const node = bootNode(1, { mac: '52:54:00:00:00:51' });
    const config = { kernel: 'http://192.0.2.1/k', initrd: 'http://192.0.2.1/i', params: 'ip=dhcp' };
    const wanted = { node, xname: 'x1000c0s0b0n0', config, number: 1, takenBy: undefined };
    assert.deepEqual(legacyBootService.shownIn(answer).configOf(wanted), config);
  });

  test('22: the place on the management server is that of 2.3, with its comment', () => {
    const place = 'orchestrator/input/project_default/pxe_mapping_file.csv';
    const text = read(`22-version-on-the-management-server/${place}`);
    assert.match(text, /^#/);
    assert.equal(versionOf(`/opt/omnia/${place}`, new CsvDocument(text)), '2.3');
  });

  test('24: a remote of a GitLab below a path names the project without that path', () => {
    const remote = readRemote(read('24-gitlab-below-a-path/remote.txt'));
    assert.ok(remote !== undefined);
    assert.equal(projectOn(serverAddress('https://host.example.com/gitlab') ?? '', remote), 'root/omnia');
  });

  test('25: the block before an ignored failure is ignored with it, and nothing is counted twice', () => {
    const failures = failuresOf(read('25-ansible-2.19-ignored-error/job.log').split('\n'));
    assert.equal(failures.length, 1);
    assert.equal(failures[0]?.host, '198.51.100.10');
    assert.ok([8, 9].includes(failures[0].line), 'line 9 or 10 of the file');
  });
});
