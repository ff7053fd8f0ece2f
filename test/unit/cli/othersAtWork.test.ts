import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { registerRun } from '@omnia-buildstream/runner/others/runsHere';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { cluster } from '../../support/cluster.ts';

const env = { BUILDSTREAM_BMC_USERNAME: 'root', BUILDSTREAM_BMC_PASSWORD: 'calvin-of-others' };

/** A project, and another run, registered by this same process, on one of its nodes or on a node outside it. */
async function besideOther(
  context: TestContext,
  bmcIp: string,
  args: readonly string[],
): Promise<Ran & { cwd: string }> {
  const cwd = folderOf(context, { 'input/pxe_mapping_file.csv': cluster });
  const runsFolder = path.join(cwd, 'runs');
  const about = { stage: 'restart', project: '/projects/other', user: 'bob', since: '2026-04-10T16:00:00.000Z' };
  await registerRun({ ...thisMachine, runsFolder: () => runsFolder }, { ...about, bmcIps: [bmcIp] });
  const ran = await runCli(['run', 'restart', '--image', 'G', ...args], { cwd, env, runsFolder });
  return { ...ran, cwd };
}

suite('run restart, while another run has one of the nodes', () => {
  test('is refused before anything is asked, written or contacted', async (context) => {
    const { code, stderr, stdout, cwd } = await besideOther(context, '10.6.0.14', ['--yes', '--include-control', '4']);
    assert.equal(code, 2, stderr);
    assert.match(stdout, /Other runs: The restart stage is running in \/projects\/other since .* begun by bob/);
    assert.match(stdout, /Other runs: unknown for GitLab \(not signed in\)\./);
    assert.match(stdout, /Other runs: unknown for the management server \(not signed in\)\./);
    assert.match(
      stderr,
      /Another run is in progress: The restart stage is running .* Wait until it ends\. Nothing was started\./,
    );
    assert.ok(!existsSync(path.join(cwd, '.buildstream')));
  });

  test('is shown with it by a dry run, which is no run', async (context) => {
    const { code, stdout } = await besideOther(context, '10.6.0.14', ['--dry-run']);
    assert.equal(code, 0);
    assert.match(stdout, /Other runs: The restart stage is running in \/projects\/other.*Digest of this plan/s);
  });

  test('is as always when the other run has other nodes', async (context) => {
    const { code, stdout } = await besideOther(context, '10.99.0.1', ['--dry-run']);
    assert.equal(code, 0);
    assert.match(stdout, /Other runs: none\. Checked: this computer\./);
  });
});
