import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readBridge, readJob } from '@omnia-buildstream/gitlab/model/job';
import { readPipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { connect, deployUntilFailure, goodToken, startLab } from '../../support/gitlabLab.ts';

/**
 * Schemas and recorded answers of real GitLab servers. They are not part of the project, so these tests may be skipped.
 */
const facts = process.env['BUILDSTREAM_GITLAB_FACTS'] ?? path.resolve(import.meta.dirname, '../../../../shared/gitlab');
const schemaFile = path.join(facts, 'responses.schema.json');
const without = existsSync(schemaFile) ? false : "GitLab's response schemas are not here";
const withoutSamples = existsSync(path.join(facts, 'samples')) ? false : 'recorded answers of GitLab are not here';

function validators(): (name: string, isList?: boolean) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const { $defs } = JSON.parse(readFileSync(schemaFile, 'utf8')) as { $defs: object };
  return (name, isList = false) => {
    const one = { $ref: `#/$defs/${name}` };
    return ajv.compile({ $defs, ...(isList ? { type: 'array', items: one } : one) });
  };
}

test('the lab answers as the descriptions of GitLab say', { skip: without }, async (t) => {
  const validator = validators();
  const lab = await startLab(t, { version: '19.2.0', isPlain: true });
  const client = connect(t, lab);
  const ask = async (method: 'GET' | 'POST' | 'PUT', route: string, status: number, body?: object) => {
    const answer = await fetch(`${lab.origin}/api/v4${route}`, {
      method,
      headers: { 'private-token': goodToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    assert.equal(answer.status, status, route);
    return (await answer.json()) as unknown;
  };
  const check = (name: string, value: unknown, isList = false) => {
    const validate = validator(name, isList);
    assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(value)}`);
  };
  const created = await ask('POST', '/projects/1/pipeline', 201, {
    ref: 'main',
    variables: [{ key: 'PIPELINE_TYPE', value: 'deploy' }],
  });
  check('CiPipeline', created);
  const { id } = created as { id: number };
  await deployUntilFailure(client, lab, id);
  for (const source of ['', '?source=parent_pipeline']) {
    check('CiPipelineBasic', await ask('GET', `/projects/1/pipelines${source}`, 200), true);
  }
  check('CiPipelineWithMetadata', await ask('GET', `/projects/1/pipelines/${String(id)}`, 200));
  check('CiPipelineWithMetadata', await ask('GET', '/projects/1/pipelines/latest', 200));
  check('CiVariable', await ask('GET', `/projects/1/pipelines/${String(id)}/variables`, 200), true);
  const jobs = (await ask('GET', '/projects/1/jobs', 200)) as { id: number; name: string; pipeline: { id: number } }[];
  check('CiJob', jobs, true);
  check('CiJob', await ask('GET', `/projects/1/jobs/${String(jobs[0]?.id)}`, 200));
  for (const name of ['bridges', 'trigger_jobs']) {
    check('CiBridge', await ask('GET', `/projects/1/pipelines/${String(id)}/${name}`, 200), true);
  }
  const restart = jobs.find(({ name }) => name === 'restart');
  assert.ok(restart);
  check('CiPipeline', await ask('POST', `/projects/1/pipelines/${String(restart.pipeline.id)}/retry`, 201));
  await lab.project.idle();
  check('Error', await ask('POST', `/projects/1/jobs/${String(restart.id)}/play`, 400));
  check('Error', await ask('POST', `/projects/1/jobs/${String(restart.id)}/retry`, 403));
  check('Error', await ask('POST', '/projects/1/pipeline', 400, { ref: 'main' }));
  check('Error', await ask('GET', '/projects/9', 404));
  const file = '/projects/1/repository/files/input%2Fpxe_mapping_file.csv';
  check('RepositoryFile', await ask('GET', `${file}?ref=main`, 200));
  const edit = { branch: 'main', commit_message: 'Edit', content: 'x' };
  check('RepositoryFileWritten', await ask('PUT', file, 200, edit));
  check('RepositoryFileWritten', await ask('POST', '/projects/1/repository/files/new.txt', 201, edit));
  check('Error', await ask('PUT', file, 400, { ...edit, last_commit_id: '0'.repeat(40) }));
  const actions = [{ action: 'update', file_path: 'new.txt', content: 'y' }];
  check('CommitDetail', await ask('POST', '/projects/1/repository/commits', 201, { ...edit, actions }));
  check('CommitBasic', await ask('GET', '/projects/1/repository/commits', 200), true);
  check('Metadata', await ask('GET', '/metadata', 200));
});

test('recorded answers of older servers can be read', { skip: withoutSamples }, () => {
  const folder = path.join(facts, 'samples');
  const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;
  const list = (name: string) => read(name) as unknown[];
  const names = readdirSync(folder);
  for (const name of names.filter((one) => /^pipeline_(create|retry)\.json$|^pipeline\.json$/.test(one)))
    readPipeline(read(name));
  assert.deepEqual(
    list('pipelines.json').map((one) => readPipeline(one).status),
    ['pending', 'pending'],
  );
  assert.deepEqual(
    list('jobs.json').map((one) => readJob(one).pipelineId),
    [6, 6],
  );
  const [bridge] = list('pipeline_bridges.json').map(readBridge);
  assert.deepEqual([bridge?.downstream?.id, bridge?.pipelineId], [5, 6]);
  assert.equal(readJob(read('job.json')).allowFailure, false);
});
