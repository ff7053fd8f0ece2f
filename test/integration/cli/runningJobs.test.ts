import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { cluster } from '../../support/cluster.ts';
import { runProcess } from '../../support/cli/cliProcess.ts';

/** Real processes: `buildstream` reads jobs through the `ssh` that it finds in PATH. */

const fakeSsh = `#!/bin/sh
printf '%s\\n' "$@" > "$SSH_LOG"
cat <<'END'
welcome to the controller
--nodes--
cn-001|cn-001|mixed|2/2/0/4|none
cn-002|cn-002|idle|0/4/0/4|none
kcp1|kcp1|idle|0/4/0/4|none
slurm1|slurm1|idle|0/4/0/4|none
kn1|kn1|idle|0/4/0/4|none
--jobs--
7|RUNNING|alice|1767323040|cn-001
END
`;

suite('jobs, looked at by a real process', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jobs-'));
    await writeFile(path.join(folder, 'mapping.csv'), cluster);
    await mkdir(path.join(folder, '.buildstream/restart'), { recursive: true });
    const state = { updated_at: '2026-01-01T00:00:00Z', previous_inventory: [], booted_nodes: [] };
    await writeFile(path.join(folder, '.buildstream/restart/restart_state.json'), JSON.stringify(state));
    await writeFile(path.join(folder, 'ssh'), fakeSsh, { mode: 0o755 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const run = (args: readonly string[]) =>
    runProcess([...args, '--mapping', 'mapping.csv', '--slurm', 'root@ctl:2222'], {
      cwd: folder,
      env: { PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`, SSH_LOG: path.join(folder, 'log') },
    });

  test('a restart leaves their nodes out, a plan says so, status lists them', async () => {
    const restart = await run(['run', 'restart', '--image', 'G', '--dry-run']);
    assert.match(
      restart.stdout,
      /\(1\): cn-001 \(1 job of alice, until 2026-01-02 03:04 UTC at the latest\)/,
      restart.stderr,
    );
    const plan = await run(['plan', '--image', 'G']);
    assert.match(plan.stdout, /^! Left out.*cn-001 \(1 job of alice/m, plan.stderr);
    const json = JSON.parse((await run(['plan', '--image', 'G', '--json'])).stdout) as { work: { busy: object[] } };
    assert.equal(json.work.busy.length, 1);
    const status = await run(['status']);
    assert.match(status.stdout, /^cn-001 .* 1 job of alice, until 2026-01-02 03:04 UTC at the latest$/m, status.stderr);
    assert.doesNotMatch(status.stdout, /^cn-002 .* job/m);
    // A single query, over ssh to the named host; it changes nothing there.
    const asked = await readFile(path.join(folder, 'log'), 'utf8');
    assert.match(asked, /^root$[^]*^ctl$/m);
    assert.doesNotMatch(asked, /scontrol/);
  });
});
