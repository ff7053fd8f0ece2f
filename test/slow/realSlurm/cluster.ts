import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ProgramRunner } from '@omnia-buildstream/engine/processes/program';
import { waitUntil } from '../../support/waitUntil.ts';

const programs = ['munged', 'slurmctld', 'slurmd', 'sinfo', 'squeue', 'scontrol', 'sbatch', 'scancel'];

/** Why Slurm cannot run here; false if it can. */
export function whyNoSlurm(): string | false {
  const folders = (process.env['PATH'] ?? '').split(':').concat('/usr/sbin');
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(path.join(folder, name))));
  if (missing.length > 0) return `Slurm is not installed here (slurm-wlm, munge): ${missing.join(', ')} missing`;
  return process.getuid?.() === 0 ? false : 'Slurm runs jobs as their users, which takes root';
}

/** Why slurmrestd cannot run here; false if it can. */
export function whyNoSlurmRest(): string | false {
  const isThere = ['/usr/sbin', '/usr/bin'].some((folder) => existsSync(path.join(folder, 'slurmrestd')));
  return isThere ? false : "slurmrestd is not installed here (Debian's package of that name)";
}

/** A controller and a daemon for each node, on loopback, with one CPU per node. */
export class RealSlurm {
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(nodes: readonly string[]): Promise<RealSlurm> {
    const folder = mkdtempSync(path.join(tmpdir(), 'slurm-'));
    const slurm = new RealSlurm(folder);
    try {
      await slurm.#start(nodes);
      return slurm;
    } catch (error) {
      await slurm.stop();
      throw error;
    }
  }

  async #start(nodes: readonly string[]): Promise<void> {
    const at = (...parts: readonly string[]): string => path.join(this.#folder, ...parts);
    // Every user must be able to reach the MUNGE socket.
    chmodSync(this.#folder, 0o711);
    for (const name of ['state', 'spool', 'munge']) mkdirSync(at(name), { mode: name === 'munge' ? 0o711 : 0o700 });
    writeFileSync(at('munge', 'key'), randomBytes(1024), { mode: 0o400 });
    writeFileSync(at('jwt.key'), randomBytes(32), { mode: 0o600 });
    const munge = ['socket', 'key-file', 'pid-file', 'log-file', 'seed-file'].map(
      (name) => `--${name}=${at('munge', name.split('-')[0] ?? '')}`,
    );
    this.#spawn('munged', ['--foreground', '--force', ...munge]);
    const ports = await freePorts(nodes.length + 1);
    writeFileSync(at('slurm.conf'), configOf(this.#folder, nodes, ports));
    await until('MUNGE', () => existsSync(at('munge', 'socket')));
    this.#spawn('slurmctld', ['-D']);
    await until('the controller', () =>
      this.#says('scontrol', 'ping').then(
        (text) => text.includes('UP'),
        () => false,
      ),
    );
    for (const node of nodes) this.#spawn('slurmd', ['-N', node, '-D']);
    const idle = (text: string): boolean =>
      text.split('\n').filter((line) => /^idle$/.test(line)).length === nodes.length;
    await until('the nodes', () =>
      this.#says('sinfo', '--noheader', '--Node', '--partition=all', '--format=%T').then(idle, () => false),
    );
  }

  /** Starts slurmrestd on loopback. @returns its address, once it answers */
  async rest(): Promise<string> {
    const [port] = await freePorts(1);
    const address = `127.0.0.1:${String(port)}`;
    // By default it refuses to run as root, and to load plugins that need an accounting service.
    this.#spawn('slurmrestd', ['-a', 'rest_auth/jwt', '-s', 'openapi/v0.0.38', address], {
      SLURMRESTD_SECURITY: 'disable_user_check',
      SLURM_JWT: 'daemon',
    });
    await until('slurmrestd', () =>
      fetch(`http://${address}/openapi/v3`).then(
        () => true,
        () => false,
      ),
    );
    return `http://${address}`;
  }

  /** A token for root, as obtained from Slurm. */
  async token(lifespanS = 600): Promise<string> {
    const said = await this.#says('scontrol', 'token', `lifespan=${String(lifespanS)}`);
    return said.trim().replace(/^SLURM_JWT=/, '');
  }

  #spawn(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): void {
    const env = { ...this.env, ...more, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
    this.#children.push(spawn(program, args, { stdio: 'ignore', env }));
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, SLURM_CONF: path.join(this.#folder, 'slurm.conf') };
  }

  async #says(program: string, ...args: readonly string[]): Promise<string> {
    return (await promisify(execFile)(program, args, { env: this.env })).stdout;
  }

  #atNextLook: (() => Promise<void>) | undefined;

  /** Runs `act` after the next query and before the one after it. Resolves when that is done. */
  beforeNextLook(act: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#atNextLook = () => act().then(resolve, reject);
    });
  }

  /** Instead of logging in, runs the command in a local shell. */
  readonly ssh: ProgramRunner = async (args, signal) => {
    const answer = await this.#shell(args, signal);
    const act = this.#atNextLook;
    this.#atNextLook = undefined;
    await act?.();
    return answer;
  };

  #shell(args: readonly string[], signal: AbortSignal): ReturnType<ProgramRunner> {
    return new Promise((resolve) => {
      execFile('sh', ['-c', args.at(-1) ?? ''], { env: this.env, signal }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, stdout, stderr, isMissing: false });
      });
    });
  }

  /** Resolves once nothing runs on these nodes and none is drained. */
  async free(nodes: readonly string[]): Promise<void> {
    const idle = nodes.map(() => 'idle').join('\n');
    await until('idle nodes', async () => {
      const states = await this.#says('sinfo', '--noheader', '--Node', '--partition=all', '--format=%T');
      return states.trim() === idle;
    });
  }

  /** Submits a job to a node that runs until it is canceled. @returns its ID */
  async submit(node: string, ...more: readonly string[]): Promise<string> {
    const id = (
      await this.#says('sbatch', '--parsable', '--output=/dev/null', '-w', node, ...more, '--wrap', 'sleep 3600')
    ).trim();
    await until(
      'the job',
      async () => (await this.#says('squeue', '--noheader', '-j', id, '--format=%T')).trim() === 'RUNNING',
    );
    return id;
  }

  async cancel(id: string): Promise<void> {
    await this.#says('scancel', id);
  }

  /** State and reason of a node. */
  async node(name: string): Promise<string> {
    return (await this.#says('sinfo', '--noheader', '--format=%T %E', '-n', name)).trim();
  }

  async scontrol(...args: readonly string[]): Promise<string> {
    return this.#says('scontrol', ...args);
  }

  async stop(): Promise<void> {
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null || child.pid === undefined) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
      child.kill('SIGKILL');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function configOf(folder: string, nodes: readonly string[], [own = 0, ...ports]: readonly number[]): string {
  const host = hostname();
  const lines = [
    ...['ClusterName=test', `SlurmctldHost=${host}(127.0.0.1)`, 'SlurmUser=root', 'SlurmdUser=root'],
    ...['AuthType=auth/munge', `AuthInfo=socket=${folder}/munge/socket`, 'CredType=cred/munge'],
    ...['AuthAltTypes=auth/jwt', `AuthAltParameters=jwt_key=${folder}/jwt.key`],
    ...[`SlurmctldPort=${String(own)}`, `StateSaveLocation=${folder}/state`, `SlurmdSpoolDir=${folder}/spool/%n`],
    ...[`SlurmctldPidFile=${folder}/ctld.pid`, `SlurmdPidFile=${folder}/%n.pid`],
    ...[`SlurmctldLogFile=${folder}/ctld.log`, `SlurmdLogFile=${folder}/%n.log`],
    ...['ProctrackType=proctrack/pgid', 'TaskPlugin=task/none', 'JobAcctGatherType=jobacct_gather/none'],
    ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_CPU', 'MpiDefault=none', 'SwitchType=switch/none'],
    ...nodes.map(
      (node, index) => `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${String(ports[index])} CPUs=1`,
    ),
    ...['PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE', 'PartitionName=some Nodes=ALL MaxTime=60'],
  ];
  return `${lines.join('\n')}\n`;
}

async function until(what: string, isIt: () => boolean | Promise<boolean>): Promise<void> {
  await waitUntil(what, async () => ((await isIt()) ? true : undefined));
}

/** All ports are held at the same time, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) =>
        server.listen(0, '127.0.0.1', () => {
          resolve(server);
        }),
      );
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
