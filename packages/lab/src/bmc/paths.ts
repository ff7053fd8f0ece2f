import type { RequestKind } from '../faults/fault.ts';
import type { LabGeneration } from './generation.ts';

export interface LabPaths {
  readonly system: string;
  readonly settings: string;
  readonly manager: string;
  readonly sessions: string;
  readonly reset: string;
  readonly jobs: string;
  /** The Lifecycle Controller's service. Undefined for BMCs that have none. */
  readonly lifecycle: string | undefined;
  readonly managerReset: string;
  /** Dell's service for the job queue. Undefined for BMCs that have none. */
  readonly jobService: string | undefined;
}

export const serviceRoot = '/redfish/v1';
const root = serviceRoot;

export function pathsOf(generation: LabGeneration): LabPaths {
  const isDell = generation !== 'plain';
  const system = `${root}/Systems/${isDell ? 'System.Embedded.1' : '1'}`;
  const manager = `${root}/Managers/${isDell ? 'iDRAC.Embedded.1' : 'BMC'}`;
  const older = `${root}/Dell/Managers/iDRAC.Embedded.1`;
  const newer = `${root}/Managers/iDRAC.Embedded.1/Oem/Dell`;
  const services = generation === 'idrac10' ? newer : older;
  return {
    system,
    manager,
    settings: `${system}/Settings`,
    sessions: generation === 'idrac8' ? `${root}/Sessions` : `${root}/SessionService/Sessions`,
    reset: `${system}/Actions/ComputerSystem.Reset`,
    jobs: `${manager}/Jobs`,
    lifecycle: isDell ? `${services}/DellLCService` : undefined,
    managerReset: `${manager}/Actions/Manager.Reset`,
    jobService: isDell ? `${services}/DellJobService` : undefined,
  };
}

/** What a request is for. Paths have no trailing slash. */
export function kindOf(method: string, path: string, paths: LabPaths): RequestKind {
  if (path === root) return 'root';
  if (isSessions(path)) return method === 'POST' ? 'login' : 'other';
  if (isSessions(path.slice(0, path.lastIndexOf('/')))) return method === 'DELETE' ? 'logout' : 'other';
  if (path === `${root}/Systems`) return 'systems';
  if (path === paths.system) return method === 'PATCH' ? 'boot' : 'system';
  if (path === paths.settings) return method === 'PATCH' ? 'boot' : 'settings';
  if (path === paths.manager || path === `${root}/Managers`) return 'manager';
  if (path === paths.reset) return 'reset';
  if (paths.lifecycle !== undefined && path.startsWith(paths.lifecycle)) return 'lifecycle';
  if (path === paths.managerReset || path === clearJobsOf(paths)) return 'recovery';
  return path.startsWith(paths.jobs) ? 'job' : 'other';
}

/** Where the job queue is cleared. Undefined for BMCs that have none. */
export function clearJobsOf({ jobService }: LabPaths): string | undefined {
  return jobService === undefined ? undefined : `${jobService}/Actions/DellJobService.DeleteJobQueue`;
}

/** Whether it is the path of the sessions: every generation responds at the old one and at the one of the standard. */
export function isSessions(path: string): boolean {
  return path === `${root}/Sessions` || path === `${root}/SessionService/Sessions`;
}
