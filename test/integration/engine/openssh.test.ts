import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { cluster } from '../../support/cluster.ts';
import { heldClock } from '../../support/time/heldClock.ts';
import { quietNetwork } from '../../support/lab.ts';
import { makeKey, startSshd, username, withoutSshd, type Sshd } from '../../support/validate/sshd.ts';
import { runCli, type World } from '../../support/cli/runCli.ts';

/** Answers by the address of the connection: .2 runs an old image, and its clock is ten minutes ahead. */
const nodeScript = (second: string): string => `#!/bin/sh
set -- $SSH_CONNECTION
case "$3 $SSH_ORIGINAL_COMMAND" in
  '${second} cat /proc/cmdline') echo root=live:http://10.0.0.1/boot-images/old.squashfs ip=dhcp ;;
  *' cat /proc/cmdline') echo root=live:http://10.0.0.1/boot-images/demo.squashfs ip=dhcp ;;
  '${second} date +%s.%N') echo $(($(date +%s) + 600)) ;;
  *) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;
esac
`;

suite('checks that log in, by OpenSSH itself', { skip: withoutSshd }, () => {
  // The folder's name has a blank and a percent sign: unless told otherwise, ssh interprets these and what follows
  // them.
  let folder: string;
  let sshd: Sshd;
  let port: number;
  let network: Awaited<ReturnType<typeof quietNetwork>>['network'];
  /** The address of the node at `index` in the mapping file, counted from 1. */
  const addressOf = (index: number): string => `127.${String(network.octet)}.1.${String(index)}`;
  const fileOf = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'openssh-')), 'my keys 50%d');
    const plain = path.dirname(folder);
    await mkdir(folder);
    const authorized = [await makeKey(fileOf('id')), await makeKey(fileOf('locked'), 'a passphrase')];
    const other = await makeKey(fileOf('other'));
    ({ network, port } = await quietNetwork());
    await writeFile(path.join(plain, 'node'), nodeScript(addressOf(2)), { mode: 0o755 });
    const addresses = [1, 2, 3, 4].map(addressOf);
    sshd = await startSshd({ folder: plain, port, addresses, authorized, command: path.join(plain, 'node') });
    const known = [sshd.hostKey, sshd.hostKey, undefined, other].map((key, index) => {
      return key === undefined ? '' : `[${addressOf(index + 1)}]:${String(port)} ${key}`;
    });
    await writeFile(fileOf('known'), known.join(''));
    await writeFile(fileOf('mapping.csv'), cluster.replaceAll(/10\.5\.0\.1(?=\d)/g, addressOf(0).slice(0, -1)));
    // ssh runs this program if it needs a password or a passphrase and has no terminal.
    await writeFile(fileOf('ask'), `#!/bin/sh\ntouch '${fileOf('asked')}'\n`, { mode: 0o755 });
    process.env['SSH_ASKPASS'] = fileOf('ask');
    process.env['SSH_ASKPASS_REQUIRE'] = 'force';
  });
  after(async () => {
    await sshd.stop();
    await network.release();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  function run(nodes: string, ...args: readonly string[]) {
    return runIn({}, nodes, ...args);
  }

  function runIn(world: World, nodes: string, ...args: readonly string[]) {
    const how = ['--port', `ssh=${String(port)}`, '--ssh-user', username, '--known-hosts', 'known'];
    const what = ['--mapping', 'mapping.csv', '--nodes', nodes, '--image', 'demo'];
    return runCli(
      ['run', 'validate', ...what, ...how, '--limit', 'up=0', '--limit', 'check=60', '--ssh-key', 'id', ...args],
      { cwd: folder, ...world },
    );
  }

  test('the right image and the right clock pass', async () => {
    const { code, stdout, stderr } = await run('kcp1', '--only', 'clock,image');
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /PASSED: 2 passed/);
  });

  test('another image fails with what the node says, and a wrong clock with how wrong it is', async () => {
    const { code, stdout } = await run('kn1', '--only', 'clock,image');
    assert.equal(code, 3);
    assert.match(stdout, /FAILED: 0 passed, 2 failed, 0 in error/);
    assert.match(stdout, /image\/kn1 .*\/proc\/cmdline does not name (?:\S+ or )?demo: root=live:.*old\.squashfs/);
    assert.match(stdout, /clock\/kn1 .*the clock is (?:600|5\d\d)\.\d s ahead/);
  });

  test('a host key that is not known is refused, and so is another than the known one', async () => {
    const known = await readFile(fileOf('known'), 'utf8');
    const { code, stdout } = await run('slurm1,cn-001', '--only', 'image');
    assert.equal(code, 3);
    assert.match(stdout, /FAILED: 0 passed, 0 failed, 2 in error/);
    assert.match(stdout, /image\/slurm1 .*the host key of 127\.\d+\.1\.3 is not in known_hosts.*add it to known_hosts/);
    assert.match(
      stdout,
      /image\/cn-001 .*the host key of 127\.\d+\.1\.4 differs from the one in known_hosts.*remove the old one .* then add the new one to known_hosts/,
    );
    assert.equal(await readFile(fileOf('known'), 'utf8'), known);
  });

  test('with accept-new the unknown host key is taken and kept, another than the known one is still refused', async () => {
    await writeFile(fileOf('growing'), await readFile(fileOf('known')));
    const args = ['--only', 'image', '--known-hosts', 'growing', '--host-keys', 'accept-new'];
    const { stdout } = await run('slurm1,cn-001', ...args);
    assert.match(stdout, /FAILED: 1 passed, 0 failed, 1 in error/);
    assert.match(stdout, /image\/cn-001 .*the host key of 127\.\d+\.1\.4 differs from the one in known_hosts/);
    assert.match((await run('slurm1', ...args, '--host-keys', 'yes')).stdout, /PASSED: 1 passed/);
  });

  for (const [what, key, said] of [
    ['a key that the node does not know', 'other', /refuses \S+: \S+: Permission denied/],
    ['a key with a passphrase', 'locked', /refuses \S+: \S+: Permission denied.*must not have a passphrase/],
    ['a key that is not there', 'nowhere', /refuses \S+: no such identity: .*nowhere: No such file/],
    ['a key that others can read', 'open', /refuses \S+: Load key ".*open": bad permissions/],
  ] as const) {
    test(`${what} is refused with the reason, and nobody is asked`, async () => {
      await writeFile(fileOf('open'), await readFile(fileOf('id')));
      await chmod(fileOf('open'), 0o644);
      const { code, stdout } = await run('kcp1', '--only', 'image', '--ssh-key', key);
      assert.equal(code, 3);
      assert.match(stdout, /FAILED: 0 passed, 0 failed, 1 in error/);
      assert.match(stdout, said);
      assert.ok(!existsSync(fileOf('asked')));
    });
  }

  test('a host that takes the connection and says nothing ends at its deadline, and so does ssh', async () => {
    const { server, connected, hungUp } = await silentHost(port, addressOf(5));
    const clock = heldClock(systemClock, (ms) => (ms === 1_000 ? connected : undefined));
    const { code, stdout } = await runIn({ clock }, 'cn-002', '--only', 'image', '--limit', 'check=1');
    assert.equal(code, 3);
    assert.match(stdout, /image\/cn-002 .*no result within 1 s/);
    await hungUp;
    server.close();
  });

  test('a host where nothing listens is told apart from one that refuses the login', async () => {
    const { stdout } = await run('cn-002', '--only', 'image');
    assert.match(stdout, /FAILED: 0 passed, 1 failed, 0 in error/);
    assert.match(stdout, /image\/cn-002 .*no session with 127\.\d+\.1\.5: .*Connection refused/);
  });
});

interface SilentHost {
  readonly server: Server;
  readonly connected: Promise<unknown>;
  readonly hungUp: Promise<unknown>;
}

/** Accepts one connection and sends nothing. */
async function silentHost(port: number, host: string): Promise<SilentHost> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const hungUp = connected.then(([socket]: Socket[]) => socket && once(socket.resume(), 'close'));
  return { server, connected, hungUp };
}
