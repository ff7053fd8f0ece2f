import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import { MoleculeValidator } from '@omnia-buildstream/engine/validate/molecule/moleculeValidator';
import type { MoleculeSettings } from '@omnia-buildstream/engine/validate/molecule/settings';
import { kubeApiProbe } from '@omnia-buildstream/engine/validate/probes/kubeApi';
import { serverNames } from '@omnia-buildstream/engine/validate/probes/names';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { AttemptFolder } from '@omnia-buildstream/engine/validate/report/attemptFolder';
import * as realFs from 'node:fs/promises';
import { makeAuthority, makeCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { kubeApiClient } from '@omnia-buildstream/runner/kubeApi';
import { runCli, type Ran, type World } from '../../support/cli/runCli.ts';
import { quickLab, quietNetwork } from '../../support/lab.ts';
import { gate } from '../../support/oimLab.ts';
import { heldClock } from '../../support/time/heldClock.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { FakeSsh } from '../../support/validate/fakeSsh.ts';
import { collect } from '../../support/validate/stage.ts';
import { waitUntil } from '../../support/waitUntil.ts';

const never = new AbortController().signal;

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'validate-'));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
});

suite('Molecule as a real process', () => {
  const graceMs = 300;

  async function molecule(script: string, more: Partial<MoleculeSettings> = {}, signal = never) {
    const env = { PATH: process.env['PATH'] ?? '' };
    const settings = { command: ['sh', '-c', script], folder, env, report: undefined, graceMs, ...more } as const;
    const told = collect();
    await new MoleculeValidator(settings, systemClock).run(told, signal);
    return told;
  }

  test('its output is told line by line and its exit code decides', async () => {
    const good = await molecule('printf "one\\ntwo"; exit 0');
    assert.deepEqual(good.notes.slice(1), ['one', 'two']);
    assert.deepEqual(
      good.tests.map(({ id, outcome }) => [id, outcome]),
      [['molecule', 'passed']],
    );
    const bad = await molecule('echo broken >&2; exit 7');
    assert.deepEqual(
      [bad.notes.at(-1), bad.tests[0]?.outcome, bad.tests[0]?.message],
      ['broken', 'failed', 'exit code 7'],
    );
  });

  test('the cases of its report count too; a report from before does not', async () => {
    const xml = '<testsuite><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>';
    const told = await molecule(`echo '${xml}' > report.xml; exit 1`, { report: 'report.xml' });
    assert.deepEqual(
      told.tests.map(({ id, outcome }) => [id, outcome]),
      [
        ['molecule/a', 'passed'],
        ['molecule/b', 'failed'],
        ['molecule', 'failed'],
      ],
    );
    await realFs.utimes(path.join(folder, 'report.xml'), 1_000_000, 1_000_000);
    const later = await molecule('true', { report: 'report.xml' });
    assert.equal(later.tests.length, 1);
    assert.match(later.notes.at(-1) ?? '', /older than this run/);
  });

  test('a missing program or folder is an error that says what to do', async () => {
    const program = await molecule('', { command: ['no-such-molecule'] });
    assert.deepEqual([program.tests[0]?.outcome], ['error']);
    assert.match(
      program.tests[0]?.message ?? '',
      /the program "no-such-molecule" is missing; only the built-in checks/,
    );
    const place = await molecule('true', { folder: path.join(folder, 'nowhere') });
    assert.match(place.tests[0]?.message ?? '', /the folder .* does not exist/);
  });

  test('when stopped, everything that it started ends with it, also what ignores SIGTERM', async () => {
    const abort = new AbortController();
    const file = path.join(folder, 'pid');
    const told = molecule(
      `(trap '' TERM; echo $$ > pid.tmp; sh -c 'echo $PPID' > pid; while :; do sleep 1; done) & wait`,
      {},
      abort.signal,
    );
    const text = await waitUntil('the program to say who it is', async () => {
      const said = await readFile(file, 'utf8').catch(() => '');
      return /^\d+\n/.test(said) ? said : undefined;
    });
    abort.abort();
    const { tests } = await told;
    assert.equal(tests[0]?.outcome, 'skipped');
    const isAlive = (): boolean => {
      try {
        return process.kill(Number(text), 0);
      } catch {
        return false;
      }
    };
    // The orphan may not have been reaped yet.
    await waitUntil('the program to end', async () => (!isAlive() || (await isZombie(text)) ? true : undefined));
  });

  test('a command is no text for a shell', async () => {
    const told = await molecule('', { command: ['echo', '$(id)', '; ls'] });
    assert.equal(told.notes.at(-1), '$(id) ; ls');
  });
});

async function isZombie(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid.trim()}/stat`, 'utf8').catch(() => ') Z');
  return stat.includes(') Z');
}

suite('the Kubernetes API', () => {
  const answer = { status: 200 };
  let port = 0;
  let ca = '';
  let close: () => void;

  before(async () => {
    const authority = await makeAuthority('cluster', Date.now());
    ca = authority.cert;
    const server = createServer(await makeCertificate(authority, '127.0.0.1', Date.now()), (request, response) => {
      response.writeHead(request.url === '/livez' && answer.status === 404 ? 200 : answer.status).end('ok');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    close = () => {
      server.closeAllConnections();
      server.close();
    };
  });
  after(() => {
    close();
  });

  const check = { kind: 'kube-api', id: 'x', title: 'x', hostname: 'kcp1', address: '127.0.0.1' } as const;

  for (const [status, outcome] of [
    [200, 'passed'],
    [401, 'passed'],
    [403, 'passed'],
    [404, 'passed'],
    [500, 'failed'],
    [503, 'failed'],
  ] as const) {
    test(`${String(status)} from /readyz has ${outcome}`, async () => {
      answer.status = status;
      const probe = kubeApiProbe(kubeApiClient({ ca, pins: [] }, 60_000, systemClock));
      assert.equal((await probe({ ...check, port }, never)).outcome, outcome);
    });
  }

  test('a certificate that nobody vouches for is shown with its fingerprint, and can be pinned', async () => {
    answer.status = 200;
    const finding = await kubeApiProbe(kubeApiClient({ ca: undefined, pins: [] }, 60_000, systemClock))(
      { ...check, port },
      never,
    );
    assert.equal(finding.outcome, 'failed');
    const value = /(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(wordsOf(finding.message))?.[0] ?? '';
    const pinned = kubeApiProbe(
      kubeApiClient({ ca: undefined, pins: [{ hosts: '127.0.0.1', value }] }, 60_000, systemClock),
    );
    assert.equal((await pinned({ ...check, port }, never)).outcome, 'passed');
  });

  test('a port where nothing listens may still come', async (t) => {
    const { network, port } = await quietNetwork();
    t.after(() => network.release());
    const probe = kubeApiProbe(kubeApiClient({ ca, pins: [] }, 60_000, systemClock));
    const finding = await probe({ ...check, address: network.managementAddress, port }, never);
    assert.deepEqual([finding.outcome, finding.mayCome], ['failed', true]);
  });
});

test('names are asked of the DNS server that was named', async () => {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const isKnown = query.includes('cn-001');
    const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 5, 0, 14]);
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const head = Buffer.from([
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      isKnown ? 0x80 : 0x83,
      0,
      1,
      0,
      isKnown ? 1 : 0,
      0,
      0,
      0,
      0,
    ]);
    socket.send(Buffer.concat([head, question, ...(isKnown ? [answer] : [])]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const names = serverNames(`127.0.0.1:${String(socket.address().port)}`, 60_000);
  assert.deepEqual(await names('cn-001'), ['10.5.0.14']);
  assert.deepEqual(await names('cn-002'), []);
  socket.close();
});

test('every attempt has a folder of its own, after the last one', async () => {
  const parent = path.join(folder, 'attempts/validate');
  await mkdir(path.join(parent, 'attempt_7'), { recursive: true });
  const reports = new OwnFolder(parent, nodeFiles);
  const made = await Promise.all([AttemptFolder.make(reports), AttemptFolder.make(reports)]);
  assert.deepEqual(made.map(({ attempt }) => attempt).sort(), [8, 9]);
  for (const attempt of made) await attempt.closeLog();
});

suite('buildstream run validate', () => {
  let lab: Lab;

  before(async () => {
    lab = await quickLab({
      size: 4,
      sshPort: 0,
      servicePorts: { slurmctld: 0, slurmd: 0, kubelet: 0 },
      faultsOf: (index) => (index === 2 ? { closedServices: ['slurmd'] } : {}),
      isOn: (index) => index !== 3,
    });
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'hosts'), lab.hostsFile);
    await mkdir(path.join(folder, 'bin'));
  });
  after(async () => {
    await lab.stop();
  });

  const run = (...args: readonly string[]): Promise<Ran> => runWith({}, args);

  function runWith(world: World, args: readonly string[]): Promise<Ran> {
    const ports = Object.entries(lab.ports).map(([name, port]) => `--port=${name}=${String(port)}`);
    const what = ['--mapping', 'mapping.csv', '--hosts', 'hosts', '--limit', 'up=0', '--limit', 'check=60', ...ports];
    const env = { PATH: process.env['PATH'] ?? '' };
    return runCli(['run', 'validate', ...what, ...args], { cwd: folder, env, clock: new QuickClock(), ...world });
  }

  test('lists what it contacts, names what failed with advice, and where the report is', async () => {
    const { code, stdout, stderr } = await run('--image', 'demo', '--junit', 'out.xml');
    assert.equal(code, 3, stderr);
    assert.match(stdout, /^Read-only. Connects to:/);
    const { adminIp = '' } = lab.bmcs[1]?.node ?? {};
    assert.match(stdout, new RegExp(`slurmd +port \\d+ +3 +${adminIp.replaceAll('.', '\\.')}`));
    assert.match(stdout, /FAILED: 9 passed, 3 failed, 0 in error/);
    assert.match(stdout, /cn-00003 +slurmd\/cn-00003 .*refused.*systemctl status slurmd/);
    assert.match(stdout, /Detailed report: .*attempt_1\/test_report\.json/);
    assert.match(stderr, /Molecule is not configured/);
    const attempt = path.join(folder, '.buildstream/validate/attempt_1');
    assert.deepEqual((await readdir(attempt)).sort(), ['junit.xml', 'molecule_output.log', 'test_report.json']);
    const report = readTestReport(JSON.parse(await readFile(path.join(attempt, 'test_report.json'), 'utf8')));
    assert.deepEqual(report?.summary, { total: 12, passed: 9, failed: 3, skipped: 0, errors: 0 });
    assert.equal(
      await readFile(path.join(folder, 'out.xml'), 'utf8'),
      await readFile(path.join(attempt, 'junit.xml'), 'utf8'),
    );
  });

  test('all passed is 0, and ndjson is one event a line', async () => {
    const { code, stdout, stderr } = await run('--nodes', 'cn-00001,cn-00002', '--format', 'ndjson');
    assert.equal(code, 0, stderr);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ValidateEvent);
    assert.deepEqual([events[0]?.type, events.at(-1)?.type, events.length], ['stage-started', 'stage-finished', 9]);
    assert.match(stderr, /Read-only\. Connects to/);
  });

  test('with a key, clocks and images are read through ssh', async () => {
    const login = ['--ssh-key', 'id', '--ssh-user', 'admin', '--known-hosts', 'known', '--limit', 'check=5'];
    // The limit of the silent node expires once all others have answered.
    const { until, release } = gate();
    const ssh = new FakeSsh((answered) => {
      if (answered === 6) release();
    });
    const clock = heldClock(new QuickClock(), (ms) => (ms === 5_000 ? until : undefined));
    const world = { ssh: ssh.run, clock };
    const { code, stdout } = await runWith(world, ['--only', 'clock,image', '--image', 'demo', ...login]);
    assert.equal(code, 3);
    assert.match(stdout, /FAILED: 2 passed, 4 failed, 2 in error/);
    assert.match(stdout, /clock\/cn-00002 .*(?:600|5\d\d)\.\d s ahead/);
    assert.match(stdout, /image\/cn-00002 .*does not name (?:\S+ or )?demo/);
    assert.match(stdout, /image\/cn-00003 .*refuses admin/);
    assert.match(stdout, /image\/cn-00004 .*no result within 5 s/);
    const [args = []] = ssh.calls;
    assert.ok(args.includes('StrictHostKeyChecking=yes') && args.includes(`IdentityFile=${path.join(folder, 'id')}`));
    assert.ok(args.includes(`UserKnownHostsFile=${path.join(folder, 'known')}`));
  });

  test('Molecule runs after the checks, in its folder, and its failure is the failure of the stage', async () => {
    const only = ['--nodes', 'cn-00001', '--only', 'name'];
    const good = await run(...only, '--molecule', 'sh -c', '--molecule-arg', 'pwd; exit 0', '--molecule-dir', 'bin');
    assert.equal(good.code, 0, good.stderr);
    assert.match(good.stderr, /bin\n$/);
    const bad = await run(...only, '--molecule', 'no-such-program');
    assert.equal(bad.code, 3);
    assert.match(bad.stdout, /the program "no-such-program" is missing.*--molecule/);
  });

  for (const args of [
    ['--port', 'smtp=25'],
    ['--port', 'ssh=70000'],
    ['--only', 'weather'],
    ['--nfs', '-oProxyCommand=x'],
    ['--ssh-user', '-l'],
    ['--image-from', '/etc/x; reboot'],
    ['--host-keys', 'off'],
    ['--nodes', 'nobody'],
    ['--limit', 'sleep=3'],
    ['--only', 'nfs'],
    ['--mapping', 'none.csv'],
  ]) {
    test(`${args.join(' ')} ends with 2 and a sentence`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^buildstream: .+/);
    });
  }
});
