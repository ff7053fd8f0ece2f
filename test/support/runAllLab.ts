import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { startProcess, type CliProcess } from './cli/cliProcess.ts';
import { runCli, type Ran, type World } from './cli/runCli.ts';
import { labPassword, labUser, patientNodes, quickLab, reportOf } from './lab.ts';
import { QuickClock } from './time/quickClock.ts';

const access = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };

interface Parts {
  readonly lab: Lab;
  readonly images: ImageServer;
  readonly folder: string;
}

/** Nodes, images and the input files of `buildstream run all`. */
export class RunAllLab {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start(size: number, groups: readonly string[]): Promise<RunAllLab> {
    const folder = await mkdtemp(path.join(tmpdir(), 'all-'));
    const lab = await quickLab({
      size,
      latencyMs: 5,
      power: { offMs: 1, poweringOnMs: 1, bootMs: 50 },
      reportPort: 0,
      ...patientNodes,
      sshPort: 0,
      servicePorts: { slurmctld: 0, slurmd: 0, kubelet: 0 },
    });
    const roles = [...new Set(lab.bmcs.map(({ node }) => node.role))];
    const images = await ImageServer.start(groups.flatMap((id) => roles.map((role) => imagePath(id, role))));
    const list = groups.map((id) => {
      const group = imageGroupOf(id, { roles, server: images.origin, jobId: `job-${id}` });
      const own = group.images.map(({ role, name, boot }) => ({ role, image_name: name, ...boot }));
      return { image_group_id: id, job_id: group.jobId, status: group.status, images: own };
    });
    await writeFile(path.join(folder, 'images.json'), JSON.stringify({ image_groups: list }));
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'hosts'), lab.hostsFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
    return new RunAllLab({ lab, images, folder });
  }

  async close(): Promise<void> {
    const { lab, images, folder } = this.#parts;
    await images.close();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  }

  get folder(): string {
    return this.#parts.folder;
  }

  /** Number of resets that each BMC has carried out. */
  resets(): number[] {
    return this.#parts.lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  }

  /** Number of requests that each BMC has received. */
  bmcRequests(): number[] {
    return this.#parts.lab.bmcs.map(({ record }) => record.requests.length);
  }

  /** Writes a list of image groups in which one role has no image. @returns its file name */
  async lackingList(): Promise<string> {
    const text = await readFile(path.join(this.folder, 'images.json'), 'utf8');
    const all = JSON.parse(text) as { image_groups: { images: unknown[] }[] };
    const groups = all.image_groups.map((group) => ({ ...group, images: group.images.slice(1) }));
    await writeFile(path.join(this.folder, 'lacking.json'), JSON.stringify({ image_groups: groups }));
    return 'lacking.json';
  }

  /** Folder for the boot configuration of an image group. */
  bootFolder(image: string): string {
    return path.join(this.folder, `boot-${image}`);
  }

  /** Each image group has its own state folder. */
  stateFolder(image: string): string {
    return path.join(this.folder, `state-${image}`);
  }

  /** Starts `buildstream run all` as a process. */
  start(image: string, args: readonly string[]): CliProcess {
    return startProcess(this.#argumentsOf(image, args), { cwd: this.folder, env: access });
  }

  /** Runs `buildstream run all` as a function. */
  run(image: string, args: readonly string[], world: World = {}): Promise<Ran> {
    return runCli(this.#argumentsOf(image, args), {
      cwd: this.folder,
      env: access,
      clock: new QuickClock(),
      ...world,
    });
  }

  #argumentsOf(image: string, args: readonly string[]): string[] {
    const { lab } = this.#parts;
    const services = Object.entries(lab.ports).map(([name, port]) => `--port=${name}=${String(port)}`);
    const where = ['--mapping', 'mapping.csv', '--hosts', 'hosts', '--images', 'images.json', '--image', image];
    const state = ['--state', `state-${image}`, '--provision', `files:boot-${image}`];
    const bmcs = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const how = ['--report', reportOf(lab), '--limit=check=60'];
    return ['run', 'all', ...where, ...state, ...bmcs, ...how, ...services, ...args];
  }

  /** Scripts and manifest with their modification times: a rewritten file has a different time. */
  async handedOver(image: string): Promise<ReadonlyMap<string, number>> {
    const place = this.bootFolder(image);
    const names = (await readdir(place)).filter((name) => !name.startsWith('.')).sort();
    return new Map(
      await Promise.all(names.map(async (name) => [name, (await stat(path.join(place, name))).mtimeMs] as const)),
    );
  }
}
