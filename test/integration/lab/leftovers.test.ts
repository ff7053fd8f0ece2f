import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { rootWarning, runsAsRoot } from '@omnia-buildstream/cli/lab/running';
import { LabFolder, NotALabFolder, removeLeftovers } from '@omnia-buildstream/lab/ownership/labFolder';
import { ownerFile } from '@omnia-buildstream/lab/ownership/owner';
import { temporaryFolder } from '@omnia-buildstream/lab/ownership/temporaryFolder';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const main = path.resolve(import.meta.dirname, '../../../packages/cli/src/main.ts');
/** Only a hang takes this long. */
const limitMs = 60_000;

interface RunningLab {
  readonly child: ChildProcess;
  /** Contains its temporary folders. */
  readonly tmp: string;
  readonly cwd: string;
  /** Resolves once the process has ended. */
  readonly ended: () => Promise<unknown>;
  readonly output: () => string;
}

/** A lab in its own process. Resolves once the lab reports that it is running. */
async function labProcess(t: TestContext, args: readonly string[] = []): Promise<RunningLab> {
  const cwd = folderOf(t, {});
  const tmp = folderOf(t, {});
  return start(t, { cwd, tmp }, args);
}

async function start(t: TestContext, { cwd, tmp }: { cwd: string; tmp: string }, args: readonly string[]) {
  const child = spawn(process.execPath, [main, 'lab', ...args], { cwd, env: { ...process.env, TMPDIR: tmp } });
  t.after(() => child.kill('SIGKILL'));
  const closed = once(child, 'close');
  /** The time that a lab may take to end counts from where its end is waited for. */
  const ended = () => Promise.race([closed, once(child, 'close', { signal: AbortSignal.timeout(limitMs) })]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  while (!output.includes('Ctrl-C ends the lab')) {
    await Promise.race([once(child.stdout, 'data', { signal: AbortSignal.timeout(limitMs) }), closed]);
    if (child.exitCode !== null) throw new Error(`The lab ended.\n${output}`);
  }
  return { child, cwd, tmp, ended, output: () => output };
}

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777;
}

const clusterArgs = ['cluster', '--size', '12', '--spare', '0', '--broken', '0'];

suite('a lab leaves nothing behind', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`${signal} ends it in good order`, async (t) => {
      const lab = await labProcess(t, ['--size', '2']);
      assert.deepEqual(await readdir(lab.cwd), ['lab']);
      lab.child.kill(signal);
      await lab.ended();
      assert.equal(lab.child.exitCode, 0, lab.output());
      assert.deepEqual([await readdir(lab.cwd), await readdir(lab.tmp)], [[], []]);
    });
  }

  test('with --until-eof it ends with who started it', async (t) => {
    const lab = await labProcess(t, [...clusterArgs, '--until-eof']);
    lab.child.stdin?.end();
    await lab.ended();
    assert.equal(lab.child.exitCode, 0, lab.output());
    assert.deepEqual([await readdir(lab.cwd), await readdir(lab.tmp)], [[], []]);
  });

  test('what a killed cluster left, the next lab removes, wherever it runs; of a lab that runs it touches nothing', async (t) => {
    const killed = await labProcess(t, clusterArgs);
    const { cwd, tmp } = killed;
    const alive = await start(t, { cwd, tmp }, ['--size', '1']);
    assert.deepEqual((await readdir(cwd)).sort(), ['lab', 'lab-2'], 'the second has a folder of its own');
    killed.child.kill('SIGKILL');
    await killed.ended();
    assert.ok((await readdir(path.join(cwd, 'lab'))).includes('lab.json'));
    const ofAlive = await readFile(path.join(cwd, 'lab-2/lab.env'), 'utf8');

    const next = await start(t, { cwd: folderOf(t, {}), tmp }, ['--size', '1']);
    assert.deepEqual(await readdir(cwd), ['lab-2']);
    assert.equal(await readFile(path.join(cwd, 'lab-2/lab.env'), 'utf8'), ofAlive);
    for (const { child, ended } of [alive, next]) {
      child.kill('SIGTERM');
      await ended();
    }
    assert.deepEqual([await readdir(cwd), await readdir(tmp)], [[], []]);
  });

  test('secrets are for the user of the lab alone, and not in what it prints', async (t) => {
    const fleet = await labProcess(t, ['--size', '1']);
    const secret =
      /BMC_PASSWORD='([^']+)'/.exec(await readFile(path.join(fleet.cwd, 'lab/lab.env'), 'utf8'))?.[1] ?? '';
    assert.ok(secret !== '' && !fleet.output().includes(secret), fleet.output());
    const cluster = await labProcess(t, clusterArgs);
    for (const { cwd, tmp } of [fleet, cluster]) {
      const folder = path.join(cwd, 'lab');
      assert.equal(await modeOf(folder), 0o700);
      for (const name of await readdir(tmp)) assert.equal(await modeOf(path.join(tmp, name)), 0o700, name);
      for (const name of ['lab.json', 'lab.env']) {
        if ((await readdir(folder)).includes(name)) assert.equal(await modeOf(path.join(folder, name)), 0o600);
      }
    }
    assert.equal(fleet.output().includes(rootWarning), runsAsRoot({ uid: process.getuid?.() }));
  });
});

suite('the folder of a lab', () => {
  test('one with files of somebody else is refused, and nothing in it is touched', async (t) => {
    const cwd = folderOf(t, { 'mine/boot/kernel': 'mine', 'mine/lab.json': '{}' });
    await assert.rejects(LabFolder.take(path.join(cwd, 'mine')), NotALabFolder);
    assert.deepEqual((await readdir(path.join(cwd, 'mine'))).sort(), ['boot', 'lab.json']);
    for (const args of [['lab'], ['lab', 'cluster']]) {
      const { code, stderr } = await runCli([...args, '--folder', 'mine'], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /the folder mine has files that no lab has written.* Name another with --folder/);
    }
    assert.equal(await readFile(path.join(cwd, 'mine/boot/kernel'), 'utf8'), 'mine');
  });

  test('a link to a folder is refused', async (t) => {
    const cwd = folderOf(t, { 'target/kept': '' });
    await symlink('target', path.join(cwd, 'lab'));
    await assert.rejects(LabFolder.take(path.join(cwd, 'lab')), NotALabFolder);
    assert.deepEqual(await readdir(path.join(cwd, 'target')), ['kept']);
  });

  test('one that another lab has is refused when it was named', async (t) => {
    const cwd = folderOf(t, {});
    const folder = await LabFolder.take(path.join(cwd, 'lab'));
    t.after(() => folder.release());
    const { code, stderr } = await runCli(['lab', '--folder', 'lab'], { cwd });
    assert.deepEqual([code, stderr.includes('another lab runs in the folder lab')], [2, true], stderr);
  });

  test('an open folder of a lab is closed; what a person changed or added stays', async (t) => {
    const cwd = path.join(folderOf(t, {}), 'lab');
    await mkdir(cwd);
    await chmod(cwd, 0o755);
    const folder = await LabFolder.take(cwd);
    assert.equal(await modeOf(cwd), 0o700);
    const mapping = await folder.write('input/pxe_mapping_file.csv', 'rows\n');
    await folder.write('hosts', 'hosts\n');
    await writeFile(mapping, 'rows of mine\n');
    await writeFile(path.join(cwd, 'notes'), 'mine');
    await folder.release();
    assert.deepEqual((await readdir(cwd)).sort(), ['.buildstream-lab', 'input', 'notes']);
    assert.equal(await readFile(mapping, 'utf8'), 'rows of mine\n');
    // The marker file stays with them, so that the next lab can use the folder again.
    await (await LabFolder.take(cwd)).release();
    await rm(path.join(cwd, 'notes'));
  });

  test('nothing is written through a link that somebody put in its place', async (t) => {
    const parent = folderOf(t, { 'target/kept': '' });
    const folder = await LabFolder.take(path.join(parent, 'lab'));
    t.after(() => folder.release());
    await symlink(path.join(parent, 'target'), path.join(folder.path, 'input'));
    await assert.rejects(folder.write('input/pxe_mapping_file.csv', 'rows'), NotALabFolder);
    await symlink(path.join(parent, 'target/kept'), folder.file('hosts'));
    await folder.write('hosts', 'hosts');
    assert.equal(await readFile(path.join(parent, 'target/kept'), 'utf8'), '');
    assert.deepEqual(await readdir(path.join(parent, 'target')), ['kept']);
  });
});

suite('leftovers', () => {
  const { self } = systemProcesses();
  const living = { ...self };
  const owners: readonly (readonly [string, object | undefined, boolean])[] = [
    ['of this process', living, false],
    ['of a process number that was used again', { ...self, startTime: '1' }, true],
    ['of another boot, or a container beside', { ...self, bootId: 'another' }, false],
    ['of a process that is gone', { ...self, pid: 2 ** 22 + 1 }, true],
    ['of another host', { ...self, bootId: 'another', host: 'another', pid: 1 }, false],
    ['that name no owner', undefined, false],
  ];
  for (const [what, owner, isRemoved] of owners) {
    test(`temporary folders ${what} ${isRemoved ? 'go' : 'stay'}`, async (t) => {
      const tmp = folderOf(t, {});
      const folder = path.join(tmp, 'buildstream-lab-x');
      await mkdir(folder);
      if (owner !== undefined) await writeFile(path.join(folder, ownerFile), JSON.stringify(owner));
      assert.deepEqual(await removeLeftovers(tmp), isRemoved ? [folder] : []);
      assert.deepEqual(await readdir(tmp), isRemoved ? [] : ['buildstream-lab-x']);
    });
  }

  test('a pointer to a folder that is no lab’s, or a link, leads to nothing', async (t) => {
    const tmp = folderOf(t, { 'else/lab.json': '{}', 'else/.owner': JSON.stringify({ ...self, startTime: '1' }) });
    const stranger = path.join(tmp, 'else');
    const left = await temporaryFolder(tmp);
    await writeFile(path.join(left.path, ownerFile), JSON.stringify({ ...self, startTime: '1' }));
    await writeFile(path.join(left.path, 'folder'), stranger);
    await symlink(stranger, path.join(tmp, 'buildstream-lab-link'));
    assert.deepEqual(await removeLeftovers(tmp), [left.path]);
    assert.deepEqual((await readdir(stranger)).sort(), ['.owner', 'lab.json']);
  });
});

test('root is told, others are not', () => {
  assert.deepEqual(
    [0, 1000, undefined].map((uid) => runsAsRoot({ uid })),
    [true, false, false],
  );
});
