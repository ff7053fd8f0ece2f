import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asClone, omniaRouters, type OmniaRouter } from '../../support/ci/omniaProjects.ts';
import { fixture, folderOf } from '../../support/cli/files.ts';
import { goodToken, startLab } from '../../support/gitlabLab.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const gitlabCiLocal = fileURLToPath(import.meta.resolve('gitlab-ci-local/dist/index.js'));

const valid = fixture('001-slurm-only.csv');

interface MergeRequest {
  readonly folder: string;
  /** The commit on which it is based. */
  readonly base: string;
}

/** A clone of Omnia's project in which the mapping file differs between the target branch and the merge request. */
function mergeRequest(t: TestContext, { including, mapping }: OmniaRouter, text: string): MergeRequest {
  const folder = folderOf(t, {
    '.gitlab-ci.yml': including('validate.gitlab-ci.yml'),
    'validate.gitlab-ci.yml': readFileSync(path.join(root, 'docs/ci/validate.gitlab-ci.yml')),
    [mapping]: valid,
  });
  const { commit, git } = asClone(folder);
  const base = git('rev-parse', 'HEAD');
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

/** The program that runs the jobs copies the project with rsync. */
const hasRsync = spawnSync('rsync', ['--version']).status === 0;
const skip = hasRsync ? false : 'rsync is not installed';

test(
  'a valid merge request gets a note that tells which nodes it boots, and each run writes the same one anew, in the projects of all Omnia versions',
  { skip },
  async (t) => {
    const lab = await startLab(t);
    const [header = '', ...rows] = valid.trimEnd().split('\n');
    const gone = rows.at(-1)?.split(',')[4] ?? '';
    for (const router of omniaRouters) {
      const request = mergeRequest(t, router, `${[header, ...rows.slice(0, -1)].join('\n')}\n`);
      writeFileSync(path.join(request.folder, 'ca.pem'), lab.certificate?.cert ?? '');
      const variables = {
        BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'),
        BUILDSTREAM_GITLAB_TOKEN: goodToken,
        BUILDSTREAM_GITLAB_CA_FILE: path.join(request.folder, 'ca.pem'),
        CI_SERVER_URL: lab.origin,
        CI_PROJECT_PATH: 'root/omnia',
        CI_MERGE_REQUEST_IID: '7',
        MAPPING_FILE: router.mapping,
      };
      const jobs = ['buildstream-validate', 'buildstream-plan', '--force-shell-executor'];
      const ran = await ciLocal(request, jobs, variables);
      assert.equal(ran.code, 0, `${router.version}: ${ran.output}`);
      assert.equal(lab.project.notes.length, 1, router.version);
    }
    const [note] = lab.project.notes;
    assert.equal(note?.iid, 7);
    assert.match(note.body, /nodes will be PXE/);
    assert.ok(note.body.replaceAll('\\', '').includes(gone), 'the node that leaves is named');
  },
);

for (const router of omniaRouters) {
  test(
    `an invalid merge request ends with its reports in Omnia's project of ${router.version}`,
    { skip },
    async (t) => {
      const request = mergeRequest(t, router, fixture('107-dup-admin-ip.csv'));
      const variables = { BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'), MAPPING_FILE: router.mapping };
      const ran = await ciLocal(request, ['buildstream-validate', '--force-shell-executor'], variables);
      assert.notEqual(ran.code, 0);
      const quality = readFileSync(path.join(request.folder, 'gl-code-quality-report.json'), 'utf8');
      assert.equal((JSON.parse(quality) as object[]).length, 1);
      assert.match(readFileSync(path.join(request.folder, 'buildstream-junit.xml'), 'utf8'), /failures="1"/);
    },
  );
}

test('a pipeline that deploys gets none of the jobs', async (t) => {
  const [, , router] = omniaRouters;
  assert.ok(router !== undefined);
  const request = mergeRequest(t, router, `${valid}\n`);
  const web = { CI_PIPELINE_SOURCE: 'web', PIPELINE_TYPE: 'deploy' };
  const { code, output } = await ciLocal(request, ['--list-csv'], web);
  assert.equal(code, 0, output);
  assert.doesNotMatch(output, /buildstream-\w+;/);
});
