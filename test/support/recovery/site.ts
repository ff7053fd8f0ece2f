import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import type { AfterPassed, LabVersion } from '@omnia-buildstream/core/lab/connection';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { projectFiles, projectPaths } from '@omnia-buildstream/lab/cluster/projectFiles';
import { startCli, type Ran, type Running, type World } from '../cli/runCli.ts';
import { QuickClock } from '../time/quickClock.ts';
import { repairOne, resetsIn, startSmallCluster } from '../smallCluster.ts';

export interface FailedFile {
  readonly failed_nodes: readonly { readonly hostname: string; readonly status: string }[];
}

/** A cluster, and a person's checkout of its project. */
export class Site {
  readonly cluster: Cluster;
  /** Folder of lab.json and the boot configuration. */
  readonly lab: string;
  /** The checkout. */
  readonly project: string;
  readonly omnia: LabVersion;
  /** Its first image group. */
  readonly image: string;
  /** Path of the mapping file in the project. */
  readonly mapping: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(cluster: Cluster, { lab, project }: { readonly lab: string; readonly project: string }) {
    this.cluster = cluster;
    this.lab = lab;
    this.project = project;
    this.omnia = cluster.connection.omnia ?? '2.2';
    this.image = labKinds[this.omnia].imageGroups[0];
    this.mapping = projectPaths(this.omnia).mapping;
    const { bmc, api, gitlab } = cluster.connection;
    this.#env = {
      BUILDSTREAM_BMC_USER: bmc.user,
      BUILDSTREAM_BMC_PASSWORD: bmc.password,
      BSM_API_URL: api.url,
      BSM_API_USERNAME: api.username,
      BSM_API_PASSWORD: api.password,
      BUILDSTREAM_GITLAB_URL: gitlab.url,
      BUILDSTREAM_GITLAB_PROJECT: gitlab.project,
      BUILDSTREAM_GITLAB_CA_FILE: gitlab.caFile,
      BUILDSTREAM_GITLAB_TOKEN: gitlab.token,
    };
  }

  /**
   * @param afterPassed what the API does with a job whose tests have passed; that of 2.3 here reports the result of
   * each node
   */
  static async start(omnia: LabVersion, afterPassed: AfterPassed = 'taken-up'): Promise<Site> {
    const folder = await mkdtemp(path.join(tmpdir(), 'obs-recovery-'));
    const [lab, project] = [path.join(folder, 'lab'), path.join(folder, 'project')];
    await mkdir(lab);
    const cluster = await startSmallCluster(lab, afterPassed, { omnia, servesArtifacts: omnia === '2.3' });
    for (const [name, text] of Object.entries(projectFiles(cluster.lab, { spare: 3, afterPassed, omnia }))) {
      const file = path.join(project, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    commitAll(project);
    return new Site(cluster, { lab, project });
  }

  async close(): Promise<void> {
    await this.cluster.close();
    await rm(path.dirname(this.lab), { recursive: true, force: true });
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.start(args, { env }).ended;
  }

  start(args: readonly string[], { env = {}, clock = new QuickClock() }: Pick<World, 'env' | 'clock'> = {}): Running {
    return startCli(args, { cwd: this.project, env: { ...this.#env, ...env }, clock });
  }

  resets(): { readonly restarted: number; readonly twice: number } {
    return resetsIn(this.cluster);
  }

  async failedIn(file: string): Promise<FailedFile['failed_nodes']> {
    const text = await readFile(path.resolve(this.project, file), 'utf8');
    return (JSON.parse(text) as FailedFile).failed_nodes;
  }

  repairOne(): Promise<void> {
    return repairOne(this.cluster);
  }

  /** @returns the mapping file including the spare nodes */
  async addNodes(): Promise<string> {
    const file = path.join(this.project, this.mapping);
    const rows = projectFiles(this.cluster.lab, { spare: 3, afterPassed: 'refused' })['practice/new_nodes.csv'] ?? '';
    const text = `${await readFile(file, 'utf8')}${rows}`;
    await writeFile(file, text);
    return text;
  }
}

/** Commits everything, so that rows added later count as new. */
function commitAll(cwd: string): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'the cluster'],
  ]) {
    execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
  }
}
