import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fixture, folderOf } from '../../support/cli/files.ts';
import { goodToken, startLab } from '../../support/gitlabLab.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const gitlabCiLocal = fileURLToPath(import.meta.resolve('gitlab-ci-local/dist/index.js'));

/** What Omnia's own project is like: one stage, defaults for Alpine, and rules for its pipelines. */
const omniaProjects: readonly [version: string, mapping: string, router: string][] = [
  [
    '2.1',
    'input/pxe_mapping_file.csv',
    `stages: [pipeline_selection]
default:
  before_script:
    - apk add --no-cache curl jq
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
include:
  - local: validate.gitlab-ci.yml
build_pipeline:
  stage: pipeline_selection
  script: [echo build]
  rules:
    - if: $PIPELINE_TYPE == "build"
`,
  ],
  ...(['input/pxe_mapping_file.csv', 'input/orchestrator/pxe_mapping_file.csv'] as const).map(
    (mapping, index): [string, string, string] => [
      index === 0 ? '2.2' : '2.3',
      mapping,
      `stages: [pipeline_selection]
default:
  image: alpine:3.23
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "web" || $CI_PIPELINE_SOURCE == "api"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
include:
  - local: validate.gitlab-ci.yml
deploy_pipeline:
  stage: pipeline_selection
  script: [echo deploy]
  rules:
    - if: $PIPELINE_TYPE == "deploy"
    - changes: [${mapping}]
      when: manual
cleanup_pipeline:
  stage: pipeline_selection
  script: [echo cleanup]
  rules:
    - if: $PIPELINE_TYPE == "cleanup"
`,
    ],
  ),
];

const valid = fixture('001-slurm-only.csv');

interface MergeRequest {
  readonly folder: string;
  /** The commit that it starts from. */
  readonly base: string;
}

/** A clone of Omnia's project in which the mapping file of the target branch and of the merge request differ. */
function mergeRequest(t: TestContext, { router, mapping, text }: { router: string; mapping: string; text: string }) {
  const folder = folderOf(t, {
    '.gitlab-ci.yml': router,
    'validate.gitlab-ci.yml': readFileSync(path.join(root, 'docs/ci/validate.gitlab-ci.yml')),
    [mapping]: valid,
  });
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const commit = (message: string) => {
    git('add', '--all');
    git('-c', 'user.name=lab', '-c', 'user.email=lab@lab.invalid', 'commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:root/omnia.git');
  const base = commit('before');
  git('update-ref', 'refs/remotes/origin/main', base);
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  git('checkout', '--quiet', '-b', 'change');
  writeFileSync(path.join(folder, mapping), text);
  commit('after');
  return { folder, base };
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

function ciLocal({ folder, base }: MergeRequest, args: readonly string[], variables: Readonly<Record<string, string>>) {
  const all = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: base, ...variables };
  const given = Object.entries(all).flatMap(([key, value]) => ['--variable', `${key}=${value}`]);
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  return new Promise<Ran>((resolve) => {
    execFile(process.execPath, [gitlabCiLocal, ...args, ...given], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

for (const [version, mapping, router] of omniaProjects) {
  test(`the template adds its jobs to Omnia's project of ${version}, in every pipeline that it is for`, async (t) => {
    const request = mergeRequest(t, { router, mapping, text: `${valid}\n` });
    const listed = async (variables: Readonly<Record<string, string>>) => {
      const { code, output } = await ciLocal(request, ['--list-csv'], variables);
      assert.equal(code, 0, output);
      return output.split('\n').flatMap((line) => /^buildstream-\w+/.exec(line) ?? []);
    };
    assert.deepEqual(await listed({}), ['buildstream-validate', 'buildstream-plan']);
    assert.deepEqual(await listed({ CI_PIPELINE_SOURCE: 'web', PIPELINE_TYPE: 'deploy' }), []);
  });
}

const [, [, mapping, router] = ['', '', '']] = omniaProjects;

/** What runs the jobs copies the project with it. */
const hasRsync = spawnSync('rsync', ['--version']).status === 0;
const skip = hasRsync ? false : 'rsync is not installed';

test(
  'a valid merge request gets a note that tells which nodes it boots, and the next run writes it anew',
  { skip },
  async (t) => {
    const lab = await startLab(t);
    const [header = '', ...rows] = valid.trimEnd().split('\n');
    const gone = rows.at(-1)?.split(',')[4] ?? '';
    const request = mergeRequest(t, { router, mapping, text: `${[header, ...rows.slice(0, -1)].join('\n')}\n` });
    writeFileSync(path.join(request.folder, 'ca.pem'), lab.certificate?.cert ?? '');
    const variables = {
      BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'),
      BUILDSTREAM_GITLAB_TOKEN: goodToken,
      BUILDSTREAM_GITLAB_CA_FILE: path.join(request.folder, 'ca.pem'),
      CI_SERVER_URL: lab.origin,
      CI_PROJECT_PATH: 'root/omnia',
      CI_MERGE_REQUEST_IID: '7',
      MAPPING_FILE: mapping,
    };
    for (const round of [1, 2]) {
      const ran = await ciLocal(
        request,
        ['buildstream-validate', 'buildstream-plan', '--force-shell-executor'],
        variables,
      );
      assert.equal(ran.code, 0, ran.output);
      assert.equal(lab.project.notes.length, 1, `round ${String(round)}`);
    }
    const [note] = lab.project.notes;
    assert.equal(note?.iid, 7);
    assert.match(note.body, /nodes will be PXE/);
    assert.ok(note.body.replaceAll('\\', '').includes(gone), 'the node that leaves is named');
  },
);

test('an invalid merge request ends with its reports', { skip }, async (t) => {
  const request = mergeRequest(t, { router, mapping, text: fixture('107-dup-admin-ip.csv') });
  const variables = { BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'), MAPPING_FILE: mapping };
  const ran = await ciLocal(request, ['buildstream-validate', '--force-shell-executor'], variables);
  assert.notEqual(ran.code, 0);
  const quality = readFileSync(path.join(request.folder, 'gl-code-quality-report.json'), 'utf8');
  assert.equal((JSON.parse(quality) as object[]).length, 1);
  assert.match(readFileSync(path.join(request.folder, 'buildstream-junit.xml'), 'utf8'), /failures="1"/);
});
