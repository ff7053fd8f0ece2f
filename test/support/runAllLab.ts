import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { imageGroupOf, imagePath } from '@omnia-buildstream/lab/cluster/imageGroups';
import { ImageServer } from '@omnia-buildstream/lab/cluster/imageServer';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { labPassword, labUser, quickLab, reportOf } from './lab.ts';

const main = path.resolve(import.meta.dirname, '../../packages/cli/src/main.ts');

/** Nothing here takes as long; a process that does is ended, so that no test hangs. */
const processLimitMs = 45_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Parts {
  readonly lab: Lab;
  readonly images: ImageServer;
  readonly folder: string;
}

/** Nodes, images and the files that `buildstream run all` is given, for real processes. */
export class RunAllLab {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param phoneHomePauseMs a node reports ten times, so far apart, until somebody listens */
  static async start(size: number, groups: readonly string[], phoneHomePauseMs: number): Promise<RunAllLab> {
    const folder = await mkdtemp(path.join(tmpdir(), 'all-'));
    const lab = await quickLab({
      size,
      latencyMs: 5,
      power: { offMs: 1, poweringOnMs: 1, bootMs: 50 },
      reportPort: 0,
      phoneHomePauseMs,
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

  /** Resets that each BMC has carried out. */
  resets(): number[] {
    return this.#parts.lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  }

  /** Where the boot configuration of an image group goes. */
  bootFolder(image: string): string {
    return path.join(this.folder, `boot-${image}`);
  }

  /** Each image group has a state of its own. */
  stateFolder(image: string): string {
    return path.join(this.folder, `state-${image}`);
  }

  /** Starts `buildstream run all`. */
  start(image: string, args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const { lab, folder } = this.#parts;
    const services = Object.entries(lab.ports).map(([name, port]) => `--port=${name}=${String(port)}`);
    const where = ['--mapping', 'mapping.csv', '--hosts', 'hosts', '--images', 'images.json', '--image', image];
    const state = ['--state', `state-${image}`, '--provision', `files:boot-${image}`];
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const limits = ['--limit=settle=2', '--limit=up=5', '--limit=report=30'];
    const how = ['--report', reportOf(lab), ...limits];
    const all = [main, 'run', 'all', ...where, ...state, ...access, ...how, ...services, ...args];
    const child = spawn(process.execPath, all, {
      cwd: folder,
      env: { ...process.env, BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: processLimitMs,
      killSignal: 'SIGKILL',
    });
    return { child, ended: endOf(child) };
  }

  run(image: string, args: readonly string[]): Promise<Ended> {
    return this.start(image, args).ended;
  }

  /** Scripts and manifest with their times: a file that is written again has another one. */
  async handedOver(image: string): Promise<ReadonlyMap<string, number>> {
    const place = this.bootFolder(image);
    const names = (await readdir(place)).filter((name) => !name.startsWith('.')).sort();
    return new Map(
      await Promise.all(names.map(async (name) => [name, (await stat(path.join(place, name))).mtimeMs] as const)),
    );
  }
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
