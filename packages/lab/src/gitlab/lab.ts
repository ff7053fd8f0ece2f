import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { projectRoutes } from './api/routes.ts';
import { makeCertificate, type LabCertificate } from './certificate.ts';
import type { JobHandler } from './ci/handler.ts';
import { FaultPlan } from './faults.ts';
import { BareRepository } from './git/repository.ts';
import { wallClock, type LabClock } from './labClock.ts';
import { omniaLayouts, type OmniaLayout } from './omnia/layout.ts';
import { omniaRouter } from './omnia/router.ts';
import { ScriptedService } from './omnia/scriptedService.ts';
import { ServiceHandler } from './omnia/serviceHandler.ts';
import { temporaryFolder } from '../ownership/temporaryFolder.ts';
import { LabProject } from './project.ts';
import { LabServer, type SeenRequest } from './server.ts';
import { TokenStore } from './tokens.ts';

export interface GitLabLabOptions {
  /** Files of the first commit. */
  readonly files: Readonly<Record<string, string>>;
  readonly projectPath?: string;
  readonly defaultBranch?: string;
  /** Does the work of the jobs; by default a script in which two nodes do not boot. */
  readonly handler?: JobHandler;
  readonly imageGroups?: readonly string[];
  readonly paceMs?: number;
  /** Plain HTTP instead of HTTPS with a self-signed certificate. */
  readonly isPlain?: boolean;
  readonly certificate?: LabCertificate;
  readonly port?: number;
  readonly clock?: LabClock;
  /** Omnia version whose project and pipelines it has; 2.2 by default. */
  readonly omnia?: OmniaLayout['version'];
  /** Version that `/metadata` reports. `/trigger_jobs` exists from 19.2 on. */
  readonly version?: string;
  /** False for a future server without `/bridges`. */
  readonly hasBridges?: boolean;
}

/** A running GitLab-like server with one project. Owned by the code that starts it. */
export interface GitLabLab {
  readonly origin: string;
  readonly certificate: LabCertificate | undefined;
  readonly project: LabProject;
  readonly tokens: TokenStore;
  readonly faults: FaultPlan;
  readonly seen: readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

/** Starts the lab's GitLab on 127.0.0.1 with its repository in a temporary folder. */
export async function startGitLabLab(options: GitLabLabOptions): Promise<GitLabLab> {
  const { clock = wallClock, defaultBranch = 'main', version = '18.8.2', hasBridges = true } = options;
  const certificate = options.isPlain ? undefined : (options.certificate ?? (await makeCertificate(clock.now())));
  const folder = await temporaryFolder();
  const stop = new AbortController();
  const repository = await BareRepository.init(path.join(folder.path, 'project.git'), defaultBranch);
  const project = new LabProject({
    id: 1,
    path: options.projectPath ?? 'root/omnia',
    defaultBranch,
    repository,
    router: omniaRouter(omniaLayouts[options.omnia ?? '2.2']),
    handler: options.handler ?? scripted(options, clock, defaultBranch),
    clock,
    signal: stop.signal,
  });
  const author = { name: 'Administrator', email: 'root@lab.invalid' };
  const actionsOf = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([file, content]) => ({
      action: 'update' as const,
      path: file,
      content: Buffer.from(content),
    }));
  const first = { branch: defaultBranch, message: 'Initial commit', author, actions: actionsOf(options.files) };
  await repository.commitFirst({ ...first, date: clock.now() });
  const tokens = new TokenStore();
  const faults = new FaultPlan();
  const server = new LabServer({
    projects: [project],
    routes: projectRoutes({ hasBridges, hasTriggerJobs: isAtLeast192(version) }),
    tokens,
    clock,
    version,
    certificate,
    faults,
    signal: stop.signal,
    changeFile: async (file, content) => {
      const change = { message: `Change ${file} [skip ci]`, actions: actionsOf({ [file]: content }) };
      await project.commit({ ...change, branch: defaultBranch, author });
    },
  });
  await server.listen(options.port);
  return {
    origin: server.origin,
    certificate,
    project,
    tokens,
    faults,
    seen: server.seen,
    close: async () => {
      stop.abort();
      await server.close();
      await project.idle();
      await project.locked(() => Promise.resolve());
      await folder.remove();
    },
  };
}

function scripted(options: GitLabLabOptions, clock: LabClock, defaultBranch: string): JobHandler {
  const service = new ScriptedService({
    imageGroups: options.imageGroups ?? ['omnia-2-2-slurm', 'omnia-2-2-k8s'],
    failingNodes: 2,
    paceMs: options.paceMs ?? 0,
    defaultBranch,
    newJobId: randomUUID,
    clock,
  });
  return new ServiceHandler(service, defaultBranch, omniaLayouts[options.omnia ?? '2.2']);
}

function isAtLeast192(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 19 || (major === 19 && minor >= 2);
}
