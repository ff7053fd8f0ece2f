import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import type { AfterPassed } from '@omnia-buildstream/core/lab/connection';
import { projectFiles } from '@omnia-buildstream/lab/cluster/projectFiles';
import { startCli, type Ran, type Running, type World } from '../cli/runCli.ts';
import { QuickClock } from '../quickClock.ts';
import { resetsIn, startSmallCluster } from '../smallCluster.ts';

export const mapping = 'input/pxe_mapping_file.csv';
export const repaired = 'slurm-node4';
export const byHand = ['slurm-node6', 'slurm-node11'];
export const broken = [repaired, ...byHand];

export interface FailedFile {
  readonly failed_nodes: readonly { readonly hostname: string; readonly status: string }[];
}

/** A cluster, and a checkout of its project as a person has it. */
export class Site {
  readonly cluster: Cluster;
  /** Where lab.json and the boot configuration lie. */
  readonly lab: string;
  /** The checkout. */
  readonly project: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(cluster: Cluster, { lab, project }: { readonly lab: string; readonly project: string }) {
    this.cluster = cluster;
    this.lab = lab;
    this.project = project;
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

  /** @param afterPassed what the API does with a job whose tests have passed */
  static async start(afterPassed: AfterPassed = 'taken-up'): Promise<Site> {
    const folder = await mkdtemp(path.join(tmpdir(), 'obs-recovery-'));
    const [lab, project] = [path.join(folder, 'lab'), path.join(folder, 'project')];
    await mkdir(lab);
    const cluster = await startSmallCluster(lab, afterPassed);
    for (const [name, text] of Object.entries(projectFiles(cluster.lab, { spare: 3, afterPassed }))) {
      const file = path.join(project, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
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

  /** The BMC of the first broken node is mended, the others are booted by somebody in front of them. */
  async repairOne(): Promise<void> {
    const { fleet, bmcs } = this.cluster.lab;
    const addressOf = (name: string): string => bmcs.find(({ node }) => node.hostname === name)?.node.address ?? '';
    await fleet.repair(addressOf(repaired));
    for (const name of byHand) fleet.get(addressOf(name))?.bootByHand();
  }

  /** @returns the mapping file with the spare nodes in it */
  async addNodes(): Promise<string> {
    const file = path.join(this.project, mapping);
    const rows = projectFiles(this.cluster.lab, { spare: 3, afterPassed: 'refused' })['practice/new_nodes.csv'] ?? '';
    const text = `${await readFile(file, 'utf8')}${rows}`;
    await writeFile(file, text);
    return text;
  }
}
