import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, startCli } from '../../support/cli/runCli.ts';
import { call, connect, count, goodToken, startLab } from '../../support/gitlabLab.ts';

const spec = 'input/network_spec.yml';
const files = {
  [spec]: 'Networks: []\n',
  'input/pxe_mapping_file.csv': mappingOf(2),
  'input/storage_config.yml': 'nfs: []\n',
  'catalog_rhel.json': '{"catalog":{"identifier":"rhel10-slurm","version":"1.0"}}\n',
  'cadence_catalog_rhel.json': '{"catalog":{"identifier":"nightly","version":"7"}}\n',
};

/** A lab, and a git clone of its project. */
async function world(t: TestContext) {
  const lab = await startLab(t, { files });
  const folder = folderOf(t, { ...files, 'ca.pem': lab.certificate?.cert ?? '' });
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('-c', 'user.name=lab', '-c', 'user.email=lab@lab.invalid', 'commit', '--quiet', '--message', 'clone');
  const env = { BUILDSTREAM_GITLAB_TOKEN: goodToken, BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem') };
  const args = ['--server', lab.origin, '--project', 'root/omnia'];
  const at = { cwd: folder, env };
  const edit = (file: string, text: string) => {
    writeFileSync(path.join(folder, file), text);
  };
  return {
    lab,
    edit,
    folder,
    run: (answer: string | undefined, ...rest: string[]) =>
      runCli(['pipelines', 'commit', ...rest, ...args], { ...at, ...(answer !== undefined && { answer }) }),
    start: (...rest: string[]) => startCli(['pipelines', 'commit', ...rest, ...args], { ...at, answer: 'y' }),
  };
}

const commits = (lab: GitLabLab) => count(lab, /^POST .*commits/);

test('a mapping file in another folder is told to start no deploy, with the paths that do', async (t) => {
  const { edit, folder, run } = await world(t);
  mkdirSync(path.join(folder, 'input/build_stream'));
  edit('input/build_stream/pxe_mapping_file.csv', mappingOf(3));
  const asked = await run('n', 'input/build_stream/pxe_mapping_file.csv');
  assert.match(
    asked.stderr,
    /input\/build_stream\/pxe_mapping_file\.csv is not where Omnia looks for the mapping file/,
  );
  assert.match(asked.stderr, /only input\/pxe_mapping_file\.csv, input\/orchestrator\/pxe_mapping_file\.csv start/);
  assert.match(asked.stderr, /This starts no pipeline/);
});

test('only the named input files are committed, and are read back', async (t) => {
  const { lab, edit, run } = await world(t);
  const client = connect(t, lab);
  edit(spec, '\ufeffNetworks: [a]\n');
  edit('input/storage_config.yml', 'nfs: [b]\n');
  const made = await run(undefined, spec, '--message', 'Add a network', '--yes');
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /This starts no pipeline\. The next deploy and restart send these files/);
  assert.match(made.stdout, /^Committed as [\da-f]{8}\n$/);
  const [newest] = await client.files.commits(1, { ref: 'main', count: 1 }, call);
  assert.equal(newest?.title, 'Add a network');
  const now = async (file: string) => Buffer.from((await client.files.show(1, file, 'main', call)).content).toString();
  assert.equal(await now(spec), 'Networks: [a]\n', 'without its byte order mark');
  assert.equal(await now('input/storage_config.yml'), files['input/storage_config.yml'], 'was not named');
  assert.equal(lab.project.pipelines.all.length, 0);
  assert.match((await run(undefined, spec, '--yes')).stderr, /are the same on the server/);
});

test('without a yes nothing is committed; what it starts and boots is said before', async (t) => {
  const { lab, edit, run } = await world(t);
  edit('input/pxe_mapping_file.csv', mappingOf(3));
  edit('catalog_rhel.json', '{"catalog":{"identifier":"rhel10-slurm","version":"1.1"}}\n');
  const asked = await run('n', 'input/pxe_mapping_file.csv', 'catalog_rhel.json');
  assert.match(
    asked.stderr,
    /starts a deploy pipeline.*starts a build pipeline.*creates image group rhel10-slurm-v1\.1/s,
  );
  assert.match(asked.stderr, /n3 +slurm_node_x86_64/);
  edit('cadence_catalog_rhel.json', '{"catalog":{"identifier":"nightly","version":"8"}}\n');
  const cadence = await run('n', 'cadence_catalog_rhel.json');
  assert.match(cadence.stderr, /starts a cadence: it builds, deploys and PXE-boots nodes without asking again/);
  assert.match(
    cadence.stderr,
    /nightly-v8.*cadence catalog was last changed.*PXE-boots the nodes without asking again:/s,
  );
  assert.match(cadence.stderr, /2 of 2 nodes will be PXE-booted/);
  assert.equal(commits(lab), 0);
});

test('somebody else’s change is never lost', async (t) => {
  const { lab, edit, run, start } = await world(t);
  const client = connect(t, lab);
  const other = async (text: string) => {
    const { lastCommitId } = await client.files.show(1, spec, 'main', call);
    const change = [{ path: spec, content: Buffer.from(text), lastCommitId }];
    await client.files.commit(1, { branch: 'main', message: 'theirs', files: change }, call);
  };
  await other('Networks: [theirs]\n');
  edit(spec, 'Networks: [mine]\n');
  const refused = await run(undefined, spec, '--yes');
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /input\/network_spec\.yml: the server has another version than the one that yours was made from/,
  );
  edit(spec, 'Networks: [theirs, mine]\n');
  lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^POST .*commits/ });
  const merged = start(spec, '--merged');
  assert.match((await merged.ended).stderr, /GitLab carried it out/);
  assert.equal(lab.seen.filter(({ method, path: to }) => method === 'POST' && to.includes('commits')).length, 2);
});

test('what is no input file of Omnia, or not fit to be committed, is refused before anything is sent', async (t) => {
  const { lab, edit, folder, run } = await world(t);
  edit('README.md', 'x');
  edit('input/omnia_credentials.yml', 'password: x');
  edit('input/omnia_config.yml', '<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n');
  writeFileSync(path.join(folder, 'input/security_config.yml'), Buffer.from([0xff, 0xfe, 0x41]));
  const refusals: [file: string, why: RegExp][] = [
    ['README.md', /is not one of Omnia's input files/],
    ['input/omnia_credentials.yml', /is not one of Omnia's input files/],
    ['input/high_availability_config.yml', /cannot be read/],
    ['input/omnia_config.yml', /merge conflict in line 1/],
    ['input/security_config.yml', /is not UTF-8/],
  ];
  for (const [file, why] of refusals) {
    const { code, stderr } = await run(undefined, file, '--yes');
    assert.deepEqual([code, why.test(stderr)], [2, true], `${file}: ${stderr}`);
  }
  assert.match((await run(undefined, '--yes')).stderr, /Name the input files to commit/);
  assert.equal(commits(lab), 0);
  assert.equal(readFileSync(path.join(folder, spec), 'utf8'), files[spec]);
});

function mappingOf(nodes: number): string {
  const header =
    'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';
  const rows = Array.from({ length: nodes }, (_, index) => {
    const n = String(index + 1);
    return `slurm_node_x86_64,grp0,TAG000${n},,n${n},52:54:00:00:00:0${n},172.16.107.${n},52:54:00:01:00:0${n},172.17.107.${n}`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}
