import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogIdentity } from '@omnia-buildstream/core/context/catalogIdentity';
import { parseCadence } from '@omnia-buildstream/core/context/parseCadence';
import { sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { cadenceRemarks } from '@omnia-buildstream/gitlab/omnia/cadence';
import { isInput, isKnownInput } from '@omnia-buildstream/gitlab/omnia/inputFiles';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { catalogRemarks, remarksOn, retryPhrases } from '@omnia-buildstream/gitlab/omnia/remarks';
import type { RetryFacts } from '@omnia-buildstream/gitlab/omnia/retryWays';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import type { PipelineAnswers } from '@omnia-buildstream/gitlab/tree/build';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import { bridge, job, pipeline } from '../../support/gitlabModel.ts';

const lines = (phrases: readonly Phrase[]) => phrases.map((one) => sentencesOf([one]));

/**
 * Router 1, cleanup pipeline 2, which lists image groups, child 3; a green deploy of a-v1 is pipeline 10 with its child
 * 12.
 */
function answers(): Map<number, PipelineAnswers> {
  const select = (id: number, name: string, status: string, of: number) =>
    job(id, `${name}@select_image?:${status}`, of);
  const listing = job(21, 'list_image_groups@list_images:success', 2, { started_at: '2026-10-01T10:00:00Z' });
  const all: PipelineAnswers[] = [
    {
      pipeline: pipeline(1, 'running'),
      jobs: [],
      bridges: [bridge(11, 'cleanup_pipeline@s:running', 1, pipeline(2, 'running'))],
    },
    {
      pipeline: pipeline(2, 'running'),
      jobs: [listing],
      bridges: [bridge(22, 'trigger@t:running', 2, pipeline(3, 'running'))],
    },
    {
      pipeline: pipeline(3, 'running'),
      jobs: [select(31, 'a-v1', 'success', 3), select(32, 'b-v1', 'manual', 3), job(33, 'cleanup:manual', 3)],
      bridges: [],
    },
    {
      pipeline: pipeline(10, 'success'),
      jobs: [],
      bridges: [bridge(101, 'deploy_pipeline@s:success', 10, pipeline(12, 'success'))],
    },
    {
      pipeline: pipeline(12, 'success'),
      jobs: [
        select(121, 'select_a_v1', 'success', 12),
        job(122, 'deploy:success', 12),
        job(123, 'restart:success', 12),
      ],
      bridges: [],
    },
  ];
  return new Map(all.map((one) => [one.pipeline.id, one]));
}

function projectOf(files: Readonly<Record<string, string>> = {}, log = ''): OmniaProject {
  const all = answers();
  const denied = (path: string) => new GitLabError('not-found', { method: 'GET', path, effect: 'none' });
  const client = {
    pipelines: {
      list: () =>
        Promise.resolve({ pipelines: [pipeline(10, 'success'), pipeline(1, 'running')], nextPage: undefined }),
      show: (_: number, id: number) => Promise.resolve(all.get(id)?.pipeline),
    },
    jobs: {
      listOfPipeline: (_: number, id: number) => Promise.resolve(all.get(id)?.jobs ?? []),
      bridges: (_: number, id: number) => Promise.resolve(all.get(id)?.bridges ?? []),
      trace: () => Promise.resolve({ chunks: [Buffer.from(log)] }),
    },
    files: {
      show: (_: number, path: string) => {
        const text = files[path];
        if (text === undefined) return Promise.reject(denied(path));
        return Promise.resolve({ path, content: Buffer.from(text), commitId: 'c', blobId: 'b', lastCommitId: 'c' });
      },
      commits: (_: number, { path }: { path: string }) =>
        Promise.resolve(
          path in files
            ? [{ id: 'abcdef0123', title: '', authorName: undefined, createdMs: Date.UTC(2026, 9, 1, 8) }]
            : [],
        ),
    },
  } as unknown as GitLabClient;
  const project = { id: 1, defaultBranch: 'main' } as OmniaProject['project'];
  return { client, project, version: undefined, reading: () => ({ signal: new AbortController().signal }) };
}

test('a deletion tells the state of each group, who runs it, and how many there are', async () => {
  const root = buildTree(1, answers());
  assert.ok(root !== undefined);
  const touches: Touches = { kind: 'deletes', imageGroups: ['a-v1'] };
  const log = '  - Image Group: a-v1\n    Job ID: 1\n    Status: PASSED\n\n  - Image Group: b-v1\n';
  const told = await remarksOn(projectOf({}, log), { root, touches, ref: 'main' });
  assert.deepEqual(lines(told), [
    'a-v1: PASSED when this pipeline listed it (2026-10-01 10:00 UTC).',
    "a-v1 was deployed to nodes by the last green deploy (pipeline #10): they can't boot it again then.",
    'Image groups in use: 2 of at most 50, as many as are offered; at 50 builds are refused (RETENTION_LIMIT_EXCEEDED).',
  ]);
  const unknown = await remarksOn(projectOf(), {
    root,
    touches: { kind: 'chooses-deletion', imageGroup: 'b-v1' },
    ref: '',
  });
  assert.match(lines(unknown)[0] ?? '', /^b-v1: state unknown/);
});

const facts: RetryFacts = {
  version: '2.2',
  wanted: 'jobs',
  source: 'own-commit',
  ref: 'main',
  edited: { kind: 'known', paths: ['input/pxe_mapping_file.csv'] },
  choosesImage: true,
};

test('what a retry really uses is told by version, the edit first', () => {
  const older = lines(retryPhrases(facts));
  assert.match(
    older[0] ?? '',
    /^input\/pxe_mapping_file\.csv changed on main .*Neither this pipeline nor a retry uses the changes.*new deploy pipeline/,
  );
  const newer = lines(retryPhrases({ ...facts, version: '2.3', wanted: 'new-child', source: 'branch-with-token' }));
  assert.match(newer[0] ?? '', /only when the CI\/CD variable GITLAB_API_TOKEN is set/);
  assert.match(newer[1] ?? '', /2\.3 requires a new child pipeline/);
  assert.equal(lines(retryPhrases({ ...facts, edited: { kind: 'known', paths: [] } })).length, older.length - 1);
  const hidden = lines(retryPhrases({ ...facts, edited: { kind: 'not-known', error: undefined } }));
  assert.match(hidden[0] ?? '', /It is unknown .*: GitLab does not show it/);
  assert.match(
    lines(retryPhrases({ ...facts, choosesImage: false })).join(),
    /builds, deploys, and restarts everything again/,
  );
});

test('a catalog tells which image group it makes, and whether one of that name is offered', async () => {
  for (const [text, group] of [
    ['{"catalog":{"identifier":"rhel10-slurm","version":"1.0"}}', 'rhel10-slurm-v1.0'],
    ['{"Catalog":{"Identifier":"image-build","Version":2}}', 'image-build-v2'],
  ] as const) {
    assert.equal(catalogIdentity(text)?.imageGroup, group);
  }
  for (const text of ['', '[]', '{"catalog":{"identifier":"a"}}', '{"catalog":{"identifier":" ","version":"1"}}']) {
    assert.equal(catalogIdentity(text), undefined);
  }
  const told = async (text: string) => lines(await catalogRemarks(projectOf(), text));
  assert.match((await told('{"catalog":{"identifier":"a","version":1}}'))[0] ?? '', /^Image group a-v1 already exists/);
  assert.deepEqual(await told('{"catalog":{"identifier":"new","version":1}}'), [
    'The build creates image group new-v1.',
    'None of the newest pipelines offers a group of this name; it is unknown whether BuildStreaM has one.',
  ]);
  assert.match((await told('{}'))[0] ?? '', /no identifier and version/);
});

test('a group that only the BuildStreaM API lists exists, whatever GitLab offers', async () => {
  const listed: ListedGroups = { kind: 'listed', groups: [{ id: 'new-v1', jobId: undefined, images: [] }] };
  const told = async (identifier: string, groups: ListedGroups) => {
    const project = { ...projectOf(), imageGroups: () => Promise.resolve(groups) };
    return lines(await catalogRemarks(project, JSON.stringify({ catalog: { identifier, version: 1 } })))[0] ?? '';
  };
  assert.match(await told('new', listed), /^Image group new-v1 already exists/);
  assert.match(await told('a', listed), /^Image group a-v1 already exists/, 'GitLab offers it');
  assert.match(await told('NEW', listed), /^The build creates image group/, 'an id of the API is exact');
  for (const groups of [{ kind: 'no-api' }, { kind: 'no-answer', why: [] }] as const) {
    assert.match(await told('new', groups), /^The build creates image group/);
  }
});

test('of a cadence what GitLab tells is told, and where the rest is', async () => {
  const config = 'cadence:\n  enabled: false\n  interval_seconds: 86400\n';
  const files = { 'cadence_catalog_rhel.json': '{}', 'input/build_stream_config.yml': config };
  const told = lines(await cadenceRemarks(projectOf(files), 'main'));
  assert.match(told[0] ?? '', /last changed on 2026-10-01 08:00 UTC \(abcdef01\)/);
  assert.match(told[1] ?? '', /turned off/);
  assert.match(told[2] ?? '', /syncs every 24 h/);
  assert.match(told[3] ?? '', /repo_resync_status\.yml/);
  assert.match(lines(await cadenceRemarks(projectOf(), 'main'))[0] ?? '', /no cadence_catalog_rhel\.json on main/);
  assert.deepEqual(parseCadence('cadence: {enabled: true, interval_seconds: 3601}'), {
    isEnabled: true,
    intervalSeconds: 3601,
  });
  for (const text of ['', 'cadence: on', ': [', 'other: 1']) assert.equal(parseCadence(text), undefined);
});

test('known input files are those of Omnia below input, and the catalogs', () => {
  const known = [
    'input/network_spec.yml',
    'input/orchestrator/set_pxe_boot_config.yml',
    'input/software_config.json',
    'catalog_rhel.json',
    'cadence_catalog_rhel.json',
  ];
  for (const path of known) assert.ok(isKnownInput(path), path);
  const others = [
    'network_spec.yml',
    'input/omnia_credentials.yml',
    'input/a/b/network_spec.yml',
    'input',
    'x/catalog_rhel.json',
    'other/network_spec.yml',
  ];
  for (const path of others) assert.ok(!isKnownInput(path), path);
  assert.ok(isInput('input/omnia_credentials.yml') && !isInput('README.md'));
});
