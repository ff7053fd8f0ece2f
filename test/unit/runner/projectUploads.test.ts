import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { projectUploads } from '@omnia-buildstream/runner/oim/projectUploads';
import { oimJob, oimStage } from '../../support/oimStage.ts';

const file = (name: string, text: string) => ({ name, content: Buffer.from(text) });
const files = [file('pxe_mapping_file.csv', 'A'), file('network_spec.yml', 'B')];
const job = (uploadEnd: number, deployEnd = 1) =>
  oimJob({
    stages: [
      oimStage({ name: 'upload', state: 'COMPLETED', endedAt: uploadEnd }),
      oimStage({ name: 'deploy', state: 'COMPLETED', endedAt: deployEnd }),
    ],
  });
const { id } = job(1);

suite('what the management server was given', () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(path.join(tmpdir(), 'uploads-'));
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  test('is known to whoever works in the project, however the job is written', async () => {
    const one = projectUploads(project);
    await one.begin(id);
    await one.accepted(id, files, job(7));
    const other = projectUploads(project);
    assert.equal(await other.isUploaded({ ...job(7), id: id.toUpperCase() }, files), true);
    assert.equal(await other.isUploaded({ ...job(7), id: id.replace('0', 'f') }, files), false);
    assert.deepEqual((await readdir(path.join(project, '.buildstream/server'))).sort(), [
      `${id}.json`,
      'uploaded_mapping.csv',
    ]);
  });

  for (const [what, asked, uploadEnd, expected] of [
    ['the same files', files, 7, true],
    ['one of them', files.slice(0, 1), 7, true],
    ['another content', [file('pxe_mapping_file.csv', 'A2'), files[1] ?? assert.fail()], 7, false],
    ['a further file', [...files, file('failed_nodes.json', '{}')], 7, false],
    ['after somebody else uploaded', files, 8, false],
  ] as const) {
    test(`${what}: ${expected ? 'the API has it' : 'nobody knows that the API has it'}`, async () => {
      const uploads = projectUploads(project);
      await uploads.begin(id);
      await uploads.accepted(id, files, job(7));
      assert.equal(await uploads.isUploaded(job(uploadEnd), asked), expected);
    });
  }

  test('an upload that nobody saw end leaves nothing known; one that was refused leaves what was there', async () => {
    const uploads = projectUploads(project);
    await uploads.begin(id);
    await uploads.accepted(id, files, job(7));
    await uploads.begin(id);
    assert.equal(await projectUploads(project).isUploaded(job(7), files), false);
    await uploads.refused(id);
    assert.equal(await projectUploads(project).isUploaded(job(7), files), true);
    await uploads.begin(id);
    await uploads.accepted(id, files, undefined);
    assert.equal(await uploads.isUploaded(job(7), files), false);
  });

  test('the mapping files that were uploaded and deployed last are known, whatever job they were for', async () => {
    const uploads = projectUploads(project);
    const mapping = (text: string) => [file('pxe_mapping_file.csv', text)];
    assert.deepEqual(await uploads.mappings(), []);
    await uploads.accepted(id, mapping('A'), job(1));
    assert.deepEqual(await uploads.mappings(), ['A']);
    await uploads.deployed(id, mapping('A'), 2);
    assert.deepEqual(await uploads.mappings(), ['A']);
    await uploads.accepted(id.replace('0', 'f'), mapping('B'), undefined);
    assert.deepEqual(await projectUploads(project).mappings(), ['A', 'B']);
    await uploads.accepted(id, [file('network_spec.yml', 'N')], job(3));
    assert.deepEqual(await uploads.mappings(), ['A', 'B']);
    await uploads.deployed(id, mapping('B'), 4);
    assert.deepEqual(await uploads.mappings(), ['B']);
  });

  test('an order that nobody saw answered is known, in a later run too, until the job shows something of it', async () => {
    const order = { stage: 'deploy', at: Date.UTC(2026, 10, 28, 22, 18) } as const;
    const before = job(1, 3);
    await projectUploads(project).ordering(id, order, before.stages[1]);
    const uploads = projectUploads(project);
    assert.deepEqual(await uploads.openOrder(before), order);
    assert.deepEqual(await uploads.openOrder(job(2, 3)), order, 'another stage tells nothing of it');
    assert.equal(await uploads.openOrder(job(1, 4)), undefined);
    await uploads.accepted(id, files, job(1, 3));
    assert.deepEqual(await uploads.openOrder(before), order, 'files are no answer');
    await uploads.answered(id);
    assert.equal(await projectUploads(project).openOrder(before), undefined);
  });

  test('deploy is done with exactly these files, and only as long as nobody deploys again', async () => {
    const uploads = projectUploads(project);
    await uploads.deployed(id, files, 3);
    assert.equal(await uploads.isDeployed(job(1, 3), files), true);
    assert.equal(await uploads.isDeployed(job(1, 4), files), false);
    assert.equal(await uploads.isDeployed(job(1, 3), files.slice(1)), false);
    const failed = oimJob({ stages: [oimStage({ state: 'FAILED', endedAt: 3 })] });
    assert.equal(await uploads.isDeployed(failed, files), false);
  });
});
