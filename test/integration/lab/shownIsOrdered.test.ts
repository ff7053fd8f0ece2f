import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startCluster, type Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { projectFiles } from '@omnia-buildstream/lab/cluster/projectFiles';
import { runCli, type Ran, type World } from '../../support/cli/runCli.ts';
import { namedIn, resetCounts, resetSince } from '../../support/recovery/shownNodes.ts';

/**
 * What is shown is what is ordered: for each backend, `plan`, `run … --dry-run` and `run` name the same nodes, and
 * exactly those are reset at their BMCs, each once. commandLineRecovery.test.ts checks the same for GitLab's pipeline.
 */

const image = 'rhel-10-r1';
const mapping = 'input/pxe_mapping_file.csv';
const list = 'miscellaneous/failed_nodes.json';
const spare = 1;
const files = { spare, afterPassed: 'taken-up' } as const;
const otherJob = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c11';

interface Site {
  readonly cluster: Cluster;
  readonly folder: string;
  readonly project: string;
}

async function startSite(): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'obs-shown-'));
  const [lab, project] = [path.join(folder, 'lab'), path.join(folder, 'project')];
  await mkdir(lab);
  const size = { size: 10, spare, broken: 0, bootMs: 50, latencyMs: 0, afterPassed: files.afterPassed };
  const cluster = await startCluster(size, lab);
  for (const [name, text] of Object.entries(projectFiles(cluster.lab, files))) {
    await mkdir(path.dirname(path.join(project, name)), { recursive: true });
    await writeFile(path.join(project, name), text);
  }
  commit(project);
  return { cluster, folder, project };
}

function commit(project: string): void {
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: project, stdio: 'ignore' });
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'the cluster');
}

interface Backend {
  /** Hands over the boot images of the nodes in the mapping file. */
  readonly deploy: (site: Site) => Promise<void>;
  readonly options: (site: Site) => readonly string[];
  readonly env: () => Readonly<Record<string, string>>;
  readonly clock: () => Clock;
  /** The list that a run left, as a file for the project. */
  readonly ownList: (site: Site) => Promise<string>;
}

function directly(): Backend {
  return {
    async deploy(site) {
      const { bmc, imagesFile, bootFolder } = site.cluster.connection;
      const where = ['--images', imagesFile, '--image', image, '--provision', `files:${bootFolder}`];
      const how = ['--bmc-port', String(bmc.port), '--ca', bmc.caFile, '--yes'];
      const ran = await call(site, ['run', 'deploy', ...where, ...how], { clock: systemClock });
      assert.equal(ran.code, 0, ran.output);
    },
    options: () => ['--image', image],
    env: () => ({}),
    clock: () => systemClock,
    ownList: ({ project }) => Promise.resolve(path.join(project, '.buildstream/restart/failed_nodes.json')),
  };
}

function byServer(): Backend {
  let env: Readonly<Record<string, string>> = {};
  const options = ({ cluster }: Site): readonly string[] => {
    return ['--backend', 'oim', '--image', image, '--ca', cluster.connection.api.caFile];
  };
  return {
    async deploy(site) {
      const save = Object.keys(env).length === 0 ? ['--save-client', 'client.env'] : [];
      const deploy = ['run', 'deploy', ...options(site), '--yes', '--poll', '0.1', ...save];
      const ran = await call(site, deploy, { env, clock: systemClock });
      assert.equal(ran.code, 0, ran.output);
      const text = await readFile(path.join(site.project, 'client.env'), 'utf8');
      env = Object.fromEntries(
        text
          .trim()
          .split('\n')
          .map((line) => line.split('=', 2) as [string, string]),
      );
    },
    options,
    env: () => env,
    clock: () => systemClock,
    async ownList(site) {
      const ran = await call(site, ['status', '--format', 'json', ...options(site).slice(2)], { env });
      const { id } = (JSON.parse(ran.stdout) as { readonly job: { readonly id: string } }).job;
      return path.join(site.folder, 'lab/oim/restart_state', id, 'failed_nodes.json');
    },
  };
}

function call({ cluster, project }: Site, args: readonly string[], world: World): Promise<Ran> {
  const { bmc, api } = cluster.connection;
  const env = {
    BUILDSTREAM_BMC_USER: bmc.user,
    BUILDSTREAM_BMC_PASSWORD: bmc.password,
    BSM_API_URL: api.url,
    BSM_API_USERNAME: api.username,
    BSM_API_PASSWORD: api.password,
    ...world.env,
  };
  return runCli(args, { ...world, cwd: project, env });
}

for (const [name, make] of Object.entries({ 'from here': directly, 'on the management server': byServer })) {
  suite(`a restart ${name} orders what was shown`, () => {
    const backend = make();
    let site: Site;
    before(async () => {
      site = await startSite();
    });
    after(async () => {
      await site.cluster.close();
      await rm(site.folder, { recursive: true, force: true });
    });

    const world = (): World => ({ env: backend.env(), clock: backend.clock() });

    /** Deploys, shows the plan in all three ways, runs, and compares. Resolves to the nodes. */
    async function shownAndOrdered(): Promise<string[]> {
      await backend.deploy(site);
      const { bmc, report } = site.cluster.connection;
      const options = backend.options(site);
      const planned = await call(site, ['plan', ...options, '--json'], world());
      assert.equal(planned.code, 0, planned.output);
      const { nodes } = JSON.parse(planned.stdout) as { nodes: { action: string; hostname: string }[] };
      const shown = nodes.filter(({ action }) => action === 'boot').map(({ hostname }) => hostname);
      const own = options.includes('oim')
        ? ['--poll', '0.1']
        : ['--bmc-port', String(bmc.port), '--ca', bmc.caFile, '--report', report, '--include-control', '6'];
      const dry = await call(site, ['run', 'restart', ...options, ...own, '--dry-run'], world());
      assert.equal(dry.code, 0, dry.output);
      assert.deepEqual(namedIn(dry.stdout, site.cluster), shown, 'run --dry-run names what plan names');
      const before = resetCounts(site.cluster);
      const ran = await call(site, ['run', 'restart', ...options, ...own, '--yes'], world());
      assert.equal(ran.code, 0, ran.output);
      assert.deepEqual(namedIn(ran.stdout, site.cluster), shown, 'run names what plan names');
      assert.deepEqual(resetSince(site.cluster, before), [...shown].sort(), 'each is reset once, and no other');
      return shown;
    }

    test('before any run, beside the list of another job', async () => {
      await mkdir(path.dirname(path.join(site.project, list)), { recursive: true });
      const [first] = site.cluster.lab.bmcs;
      const entry = { bmc_ip: first?.node.address, hostname: first?.node.hostname, status: 'success' };
      const foreign = { job_id: otherJob, timestamp: '2026-04-10T16:00:00Z', failed_nodes: [entry] };
      const named = backend.options(site).includes('oim');
      if (named) await writeFile(path.join(site.project, list), JSON.stringify(foreign));
      assert.equal((await shownAndOrdered()).length, 10);
    });

    test('after a run nothing is shown, and nothing ordered', async () => {
      const left = await backend.ownList(site);
      if (!left.startsWith(site.project)) await copyFile(left, path.join(site.project, list));
      assert.deepEqual(await shownAndOrdered(), []);
    });

    test('with a node added, that one', async () => {
      const file = path.join(site.project, mapping);
      const rows = projectFiles(site.cluster.lab, files)['practice/new_nodes.csv'] ?? '';
      await writeFile(file, `${await readFile(file, 'utf8')}${rows}`);
      assert.equal((await shownAndOrdered()).length, spare);
    });
  });
}
