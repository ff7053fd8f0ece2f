import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { asClone, omniaRouters } from '../../support/ci/omniaProjects.ts';
import { folderOf } from '../../support/cli/files.ts';
import { call, connect, goodToken, startLab } from '../../support/gitlabLab.ts';
import { labPassword, labUser, quickLab, reportOf } from '../../support/lab.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const gitlabCiLocal = fileURLToPath(import.meta.resolve('gitlab-ci-local/dist/index.js'));
const template = path.join(root, 'docs/ci/restart.gitlab-ci.yml');

for (const { version, including } of omniaRouters) {
  test(`the restart has its jobs in Omnia's project of ${version} when somebody asks for it, and none otherwise`, async (t) => {
    const cwd = folderOf(t, {
      '.gitlab-ci.yml': including('restart.gitlab-ci.yml'),
      'restart.gitlab-ci.yml': readFileSync(template),
    });
    asClone(cwd);
    const listed = async (...variables: string[]) => {
      const given = ['CI_PIPELINE_SOURCE=web', ...variables].flatMap((one) => ['--variable', one]);
      const { stdout } = await promisify(execFile)(process.execPath, [gitlabCiLocal, '--list-csv', ...given], { cwd });
      return stdout.split('\n').flatMap((line) => /^restart-\w+/.exec(line) ?? []);
    };
    const jobs = await listed('IMAGE_GROUP=G', 'PIPELINE_TYPE=restart');
    assert.deepEqual([...new Set(jobs)], ['restart-plan', 'restart-approve', 'restart-nodes', 'restart-merge']);
    // Its own rules decide this, whatever the router's rules are.
    if (version === '2.3') assert.deepEqual(await listed('PIPELINE_TYPE=deploy'), []);
  });
}

/** The program that runs the jobs copies the project with rsync. */
const skip = spawnSync('rsync', ['--version']).status === 0 ? false : 'rsync is not installed';

test('four runners restart a shard each, and one list of the nodes that failed is committed', { skip }, async (t) => {
  const gitlab = await startLab(t);
  const fleet = await quickLab({
    size: 4,
    power: { offMs: 1, poweringOnMs: 1, bootMs: 100 },
    reportPort: 0,
    faultsOf: (index) => (index === 2 ? { wrongPassword: true } : {}),
  });
  t.after(() => fleet.stop());
  const home = folderOf(t, { 'gitlab.pem': gitlab.certificate?.cert ?? '', 'bmc.pem': fleet.ca });
  const project = path.join(home, 'omnia');
  const env = {
    PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    GIT_SSL_CAINFO: path.join(home, 'gitlab.pem'),
    GIT_TERMINAL_PROMPT: '0',
    NO_PROXY: '127.0.0.1',
    BUILDSTREAM_BMC_USER: labUser,
    BUILDSTREAM_BMC_PASSWORD: labPassword,
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: home, env, encoding: 'utf8' });
  const run = (file: string, args: readonly string[]) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      execFile(file, args, { cwd: project, env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });

  const address = `${gitlab.origin.replace('//', `//oauth2:${goodToken}@`)}/root/omnia.git`;
  await promisify(execFile)('git', ['clone', '--quiet', address, project], { env });
  copyFileSync(template, path.join(project, 'restart.gitlab-ci.yml'));
  writeFileSync(path.join(project, '.gitlab-ci.yml'), omniaRouters[0]?.including('restart.gitlab-ci.yml') ?? '');
  mkdirSync(path.join(project, 'input'), { recursive: true });
  writeFileSync(path.join(project, 'input/pxe_mapping_file.csv'), fleet.mappingFile);
  git('-C', project, 'add', '--all');
  git('-C', project, '-c', 'user.name=lab', '-c', 'user.email=lab@lab.invalid', 'commit', '--quiet', '-m', 'Fleet');

  const access = `--bmc-port ${String(fleet.port)} --ca ${path.join(home, 'bmc.pem')}`;
  const variables = {
    CI_PIPELINE_SOURCE: 'web',
    CI_PROJECT_URL: `${gitlab.origin}/root/omnia`,
    CI_COMMIT_BRANCH: 'main',
    IMAGE_GROUP: 'G',
    BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'),
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
    RESTART_OPTIONS: `${access} --report ${reportOf(fleet)} --include-control 1`,
  };
  const given = Object.entries(variables).flatMap(([key, value]) => ['--variable', `${key}=${value}`]);
  const jobs = (...names: string[]) =>
    // One after another: here they share a machine, and so the port at which nodes report.
    run(process.execPath, [gitlabCiLocal, ...names, '--force-shell-executor', '--concurrency', '1', ...given]);
  const resets = () => fleet.bmcs.map(({ record }) => record.resetsCarriedOut);

  const planned = await jobs('restart-plan');
  assert.equal(planned.code, 0, planned.output);
  assert.match(planned.output, /4 of 4 nodes will be PXE-booted/);
  assert.deepEqual(resets(), [0, 0, 0, 0]);

  const restarted = await jobs('restart-nodes', 'restart-merge');
  assert.equal(restarted.code, 0, restarted.output);
  assert.doesNotMatch(restarted.output, /several jobs/);
  assert.deepEqual(resets(), [1, 1, 0, 1]);
  const { content } = await connect(t, gitlab).files.show(1, 'miscellaneous/failed_nodes.json', 'main', call);
  const list = JSON.parse(Buffer.from(content).toString('utf8')) as { failed_nodes: { hostname: string }[] };
  assert.deepEqual(
    list.failed_nodes.map(({ hostname }) => hostname),
    ['cn-00003'],
  );
});
