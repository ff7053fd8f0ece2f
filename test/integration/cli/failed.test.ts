import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const sample = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/failedNodes/omnia22.json'), 'utf8');
const mapping = `FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP
slurm_control_node_x86_64,grp0,79WWJ91,,slurm-head,04:3f:72:10:00:01,172.16.107.42,04:3f:72:20:00:01,172.17.107.42
slurm_node_x86_64,grp1,79WWJ93,,slurm-node2,04:3f:72:10:00:02,172.16.107.44,04:3f:72:20:00:02,172.17.107.44
slurm_node_x86_64,grp1,79WWJ94,,slurm-node3,04:3f:72:10:00:03,172.16.107.45,04:3f:72:20:00:03,172.17.107.45
`;

function project(context: TestContext, failed = sample): string {
  return folderOf(context, { 'input/pxe_mapping_file.csv': mapping, 'miscellaneous/failed_nodes.json': failed });
}

const failedFile = (cwd: string): string => readFileSync(path.join(cwd, 'miscellaneous/failed_nodes.json'), 'utf8');

test('list shows status, cause and advice', async (context) => {
  const { code, stdout } = await runCli(['failed', 'list'], { cwd: project(context) });
  assert.equal(code, 0);
  assert.match(stdout, /slurm-node2 {2}172\.17\.107\.44 {2}failed {2}not-ready/);
  assert.match(stdout, /unreachable: .*mark it as booted/);
});

for (const [title, file, said, listed] of [
  [
    'a conflict of a merge',
    sample.replace('"failed_nodes": [', '"failed_nodes": [\n<<<<<<< HEAD\n=======\n>>>>>>> theirs'),
    /conflict in line \d+\. Of each conflict only the upper side is listed/,
    /slurm-node2/,
  ],
  ['a text that ends early', sample.slice(0, sample.lastIndexOf('}')), /not valid JSON/, /slurm-node2/],
  ['no JSON at all', 'nodes: none', /not valid JSON/, /^$/],
] as const) {
  test(`list says that it read only a part: ${title}`, async (context) => {
    const { code, stdout, stderr } = await runCli(['failed', 'list'], { cwd: project(context, file) });
    assert.equal(code, 1);
    assert.match(stderr, said);
    assert.match(stdout, listed);
  });
}

test('mark asks, shows the change and changes only the status', async (context) => {
  const cwd = project(context);
  const { code, stderr } = await runCli(['failed', 'mark', 'slurm-node3'], { cwd, answer: 'y' });
  assert.equal(code, 0);
  assert.match(stderr, /- "status": "failed"\n {2}\+ "status": "success"/);
  const at = sample.lastIndexOf('"failed"');
  assert.equal(failedFile(cwd), `${sample.slice(0, at)}"success"${sample.slice(at + 8)}`);
});

for (const [title, args, marked] of [
  ['--all', ['--all'], 2],
  ['--cause', ['--cause', 'unreachable'], 1],
  ['a service tag', ['79WWJ93'], 1],
  ['a BMC address', ['172.17.107.45'], 1],
] as const) {
  test(`mark ${title} --yes`, async (context) => {
    const cwd = project(context);
    assert.equal((await runCli(['failed', 'mark', ...args, '--yes'], { cwd })).code, 0);
    assert.equal(failedFile(cwd).match(/"success"/g)?.length, marked);
  });
}

test('no changes nothing', async (context) => {
  const cwd = project(context);
  const { code, stderr } = await runCli(['failed', 'mark', '--all'], { cwd, answer: 'n' });
  assert.equal(code, 0);
  assert.match(stderr, /Nothing was changed/);
  assert.equal(failedFile(cwd), sample);
});

test('without a terminal and without --yes nothing is changed', async (context) => {
  const cwd = project(context);
  const { code, stderr } = await runCli(['failed', 'mark', '--all'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /--yes/);
  assert.equal(failedFile(cwd), sample);
});

const images = JSON.stringify({
  image_groups: [
    {
      image_group_id: 'g1',
      images: ['slurm_control_node_x86_64', 'slurm_node_x86_64'].map((role) => ({
        ...{ role, image_name: role, kernel: 'http://x/vmlinuz', initrd: 'http://x/initrd' },
      })),
    },
  ],
});

for (const [where, mine, theirs] of [
  ['failed_nodes.json', '', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n'],
  ['pxe_mapping_file.csv', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n', ''],
] as const) {
  test(`a conflict of a merge in ${where}: no mark, no plan, no stage, and nothing is written`, async (context) => {
    const list = sample.replace('{\n', `{\n${theirs}`);
    const cwd = folderOf(context, {
      ...{ 'input/pxe_mapping_file.csv': mapping + mine, 'miscellaneous/failed_nodes.json': list },
      'images.json': images,
    });
    const image = ['--image', 'g1', '--yes'];
    const deploy = ['--images', 'images.json', '--provision', 'files:boot'];
    const readers = [
      ['failed', 'mark', '--all', '--yes'],
      ['plan'],
      ['run', 'restart', ...image],
      ['run', 'all', ...image, ...deploy],
    ];
    // These do not read failed_nodes.json. Deploy reports what its checks of the file find.
    const others = [
      ['run', 'deploy', ...image, ...deploy],
      ['run', 'validate'],
    ];
    for (const args of mine === '' ? readers : [...readers, ...others]) {
      const { code, output } = await runCli(args, { cwd });
      assert.equal(code, args[1] === 'deploy' ? 3 : 2, `${args.join(' ')}: ${output}`);
      assert.match(output, /conflict|has an error, so no node is touched|mapping file has errors/, args.join(' '));
    }
    assert.equal(failedFile(cwd), list);
    assert.deepEqual(
      ['boot', '.buildstream/restart'].filter((name) => existsSync(path.join(cwd, name))),
      [],
    );
  });
}

test('an unknown node is refused with the nearest name', async (context) => {
  const cwd = project(context);
  const { code, stderr } = await runCli(['failed', 'mark', 'slurm-nod3', 'slurm-node2', '--yes'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /Did you mean "slurm-node3"/);
  assert.equal(failedFile(cwd), sample);
});

test('CRLF and the mode of the file survive, a byte order mark does not: the restart stage fails on one', async (context) => {
  const text = sample.replaceAll('\n', '\r\n');
  const cwd = project(context, `\ufeff${text}`);
  const file = path.join(cwd, 'miscellaneous/failed_nodes.json');
  chmodSync(file, 0o640);
  await runCli(['failed', 'mark', '--all', '--yes'], { cwd });
  assert.equal(failedFile(cwd), text.replaceAll('"status": "failed"', '"status": "success"'));
  assert.equal(statSync(file).mode & 0o777, 0o640);
});

test('broken JSON is left alone', async (context) => {
  const cwd = project(context, '{"failed_nodes": [');
  const { code, stderr } = await runCli(['failed', 'mark', '--all', '--yes'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /not JSON/);
});

test('check compares with the mapping file and with git', async (context) => {
  const cwd = project(context, sample.replace('"success"', '"failed"'));
  const inGit = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd, stdio: 'ignore' });
  };
  inGit('init');
  inGit('add', '.');
  inGit('commit', '-m', 'x');
  assert.equal((await runCli(['failed', 'check'], { cwd })).code, 0);
  const other = JSON.parse(sample) as { failed_nodes: Record<string, string>[] };
  other.failed_nodes = [{ ...other.failed_nodes[0], status: 'Success', bmc_ip: '172.17.107.99' }];
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path.join(cwd, 'miscellaneous/failed_nodes.json'), JSON.stringify(other, undefined, 2));
  const { code, stdout } = await runCli(['failed', 'check', '--json'], { cwd });
  assert.equal(code, 1);
  const found = JSON.parse(stdout) as { files: { findings: { code: string }[] }[] };
  assert.deepEqual(
    new Set(found.files[0]?.findings.map((finding) => finding.code)),
    new Set(['deleted-entry', 'bmc-ip-not-in-mapping', 'bad-status', 'entry-added-by-hand']),
  );
});

/** Git has the mapping file unchanged. */
const git = (): Promise<string> => Promise.resolve(mapping);

test('plan tells which nodes are booted, without a state as an assumption', async (context) => {
  const cwd = project(context);
  const { code, stdout } = await runCli(['plan'], { cwd, git });
  assert.equal(code, 0);
  assert.match(stdout, /^2 of 3 nodes will be PXE-booted\./);
  assert.match(stdout, /Estimate only/);
  assert.match(stdout, /slurm-head +slurm_control_node_x86_64 +172\.17\.107\.42 +booted already/);
});

test('plan without git says what is not known, and run restart --yes restarts no node for it', async (context) => {
  const cwd = project(context);
  const { code, stdout } = await runCli(['plan'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^3 of 3 nodes will be PXE-booted\./);
  assert.match(stdout, /git has no committed mapping file/);
  assert.match(
    stdout,
    /slurm-head +slurm_control_node_x86_64 +172\.17\.107\.42 +possibly booted already \(unknown here\)/,
  );
  const run = (...args: string[]) => runCli(['run', 'restart', '--image', 'g', ...args], { cwd });
  const refused = await run('--yes');
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /it is unknown here whether some of these nodes \(1\) are booted, .*--yes does not decide that/,
  );
  // Nodes that were named, or that certainly failed, get as far as the request for BMC credentials.
  for (const args of [['--failed'], ['--nodes', 'slurm-head']]) {
    assert.match((await run('--yes', '--include-control', '1', ...args)).stderr, /BUILDSTREAM_BMC_USER/);
  }
});

test('plan --json after marking', async (context) => {
  const cwd = project(context);
  await runCli(['failed', 'mark', 'slurm-node2', '--yes'], { cwd });
  const { stdout } = await runCli(['plan', '--json', '--image', 'g2'], { cwd, git });
  const plan = JSON.parse(stdout) as { boot: number; basis: string; nodes: { hostname: string; reason: string }[] };
  assert.equal(plan.boot, 1);
  assert.equal(plan.basis, 'assumed');
  assert.deepEqual(
    plan.nodes.map(({ hostname, reason }) => `${hostname} ${reason}`),
    ['slurm-head booted', 'slurm-node2 marked', 'slurm-node3 failed'],
  );
});

test('plan writes a note of a merge request, and an inventory of exactly the nodes that it boots', async (context) => {
  const cwd = project(context);
  const note = await runCli(['plan', '--format', 'markdown'], { cwd, git });
  assert.match(note.stdout, /^# .*\*\*2 of 3 nodes will be PXE\\-booted\\\.\*\*/s);
  assert.match(note.stdout, /\| slurm\\-node3 \|/);
  const inventory = await runCli(['plan', '--format', 'inventory'], { cwd, git });
  const [header, ...rows] = inventory.stdout.trim().split('\n');
  assert.equal(header, 'BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG');
  assert.deepEqual(
    rows.map((row) => row.split(',')[2]),
    ['slurm-node2', 'slurm-node3'],
  );
  assert.match(inventory.stderr, /-e pxeboot_inventory=FILE/);
  assert.match((await runCli(['plan', '--format', 'xml'], { cwd })).stderr, /text, json, markdown, inventory/);
});

test('an inventory is of the failed nodes, of the new ones, or of those that are named', async (context) => {
  const cwd = project(context);
  const of = (only: string) => runCli(['plan', '--format', 'inventory', '--only', only], { cwd, git });
  const named = async (only: string) =>
    (await of(only)).stdout
      .split('\n')
      .slice(1, -1)
      .map((row) => row.split(',')[2]);
  assert.deepEqual(await named('failed'), ['slurm-node2', 'slurm-node3']);
  assert.deepEqual(await named('slurm-head'), ['slurm-head'], 'booted already, and named all the same');
  assert.match((await of('new')).stderr, /the inventory would be empty/);
  assert.match((await of('nobody')).stderr, /nobody/);
  assert.match((await runCli(['plan', '--only', 'failed'], { cwd, git })).stderr, /--only is for --format inventory/);
});

test('plan compares with a commit that is there, and with no other', async (context) => {
  const cwd = project(context);
  const inGit = (...args: string[]) => execFileSync('git', ['-C', cwd, ...args]);
  inGit('init', '--quiet');
  inGit('add', 'miscellaneous');
  inGit('-c', 'user.name=me', '-c', 'user.email=me@example.com', 'commit', '--quiet', '-m', 'without the mapping file');
  const added = await runCli(['plan', '--base', 'HEAD'], { cwd });
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /slurm-head .*new in the mapping file/);
  for (const base of ['nothing', '--output=x', 'HEAD~1']) {
    const refused = await runCli(['plan', `--base=${base}`], { cwd });
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /Git has no commit/);
  }
  assert.match((await runCli(['plan', '--base', 'HEAD', '--backend', 'oim'], { cwd })).stderr, /--base is for a plan/);
});

test('plan without failed_nodes.json boots every node', async (context) => {
  const cwd = folderOf(context, { 'input/pxe_mapping_file.csv': mapping });
  const { stdout } = await runCli(['plan'], { cwd });
  assert.match(stdout, /^3 of 3 nodes will be PXE-booted\./);
});

test('plan without a mapping file says where it looked', async (context) => {
  const { code, stderr } = await runCli(['plan'], { cwd: folderOf(context, {}) });
  assert.equal(code, 2);
  assert.match(stderr, /input\/pxe_mapping_file\.csv.*--mapping/);
});

test('merge makes one list of the shards, tells conflicts, and replaces a file after a question', async (context) => {
  const marked = sample.replace('"failed"', '"success"');
  const files = { 'shard-1/failed_nodes.json': sample, 'shard-2/failed_nodes.json': marked, 'all.json': 'old' };
  const cwd = folderOf(context, files);
  const shown = await runCli(['failed', 'merge', 'shard-1', 'shard-2/failed_nodes.json'], { cwd });
  assert.equal(shown.code, 0);
  assert.match(shown.stderr, /has different status: "failed" in .*"success" in .*"failed" is kept/);
  const args = ['failed', 'merge', 'shard-1', 'shard-2', '--out', 'all.json'];
  await runCli(args, { cwd, answer: 'n' });
  assert.equal(readFileSync(path.join(cwd, 'all.json'), 'utf8'), 'old');
  assert.equal((await runCli([...args, '--yes'], { cwd })).code, 0);
  const merged = readFileSync(path.join(cwd, 'all.json'), 'utf8');
  assert.deepEqual(JSON.parse(merged), JSON.parse(shown.stdout));
  assert.equal(merged.match(/"failed"/g)?.length, sample.match(/"failed"/g)?.length);
});

test('merge writes nothing when a file cannot be read', async (context) => {
  const cwd = folderOf(context, { 'one.json': sample, 'two.json': '{' });
  const { code, stderr } = await runCli(['failed', 'merge', 'one.json', 'two.json', '--out', 'all.json'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /two\.json is not JSON/);
  assert.throws(() => statSync(path.join(cwd, 'all.json')));
});
