import path from 'node:path';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes, StateFileProblem, StateFileReading } from '@omnia-buildstream/core/failedNodes/types';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { assumeState } from '@omnia-buildstream/core/plan/assumeState';
import type { PlanBasis } from '@omnia-buildstream/core/plan/planDocument';
import { readRestartState, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { CannotRun, causeOf, codeOf } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { committedText } from '../git.ts';
import { decode } from '../validate/decode.ts';

/** Where the files of a plan lie; paths as given. */
export interface PlanFiles {
  readonly mapping: string;
  readonly failed: string;
  /** `restart_state.json`; undefined: it is not known, so it is assumed. */
  readonly state: string | undefined;
}

export interface PlanSources {
  readonly rows: readonly Target[];
  readonly failedNodes: FailedNodes | undefined;
  readonly restartState: RestartState;
  readonly basis: PlanBasis;
}

/** Reads what a plan is made of; throws CannotRun. A missing failed_nodes.json means that nothing failed. */
export async function readPlanSources(files: PlanFiles, version: OmniaVersion, io: Io): Promise<PlanSources> {
  const rows = targetsOf(await textOf(files.mapping, io), version);
  const failed = await jsonOf(files.failed, io, true);
  const failedNodes = failed === undefined ? undefined : valueOf(files.failed, readFailedNodes(failed));
  if (files.state !== undefined) {
    const state = valueOf(files.state, readRestartState(await jsonOf(files.state, io, false)));
    return { rows, failedNodes, restartState: state, basis: 'state' };
  }
  const committed = await committedText(path.resolve(io.cwd, files.mapping), io);
  const restartState = assumeState(failedNodes, committed === undefined ? rows : targetsOf(committed, version));
  return { rows, failedNodes, restartState, basis: failedNodes === undefined ? 'nothing-booted' : 'assumed' };
}

/** Reads a text file; throws CannotRun with the path as given. */
export async function textOf(file: string, io: Io): Promise<string> {
  try {
    return decode(await io.fs.readFile(path.resolve(io.cwd, file))).text;
  } catch (error) {
    throw new CannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
}

async function jsonOf(file: string, io: Io, mayBeMissing: boolean): Promise<unknown> {
  let bytes: Uint8Array;
  try {
    bytes = await io.fs.readFile(path.resolve(io.cwd, file));
  } catch (error) {
    if (mayBeMissing && codeOf(error) === 'ENOENT') return undefined;
    throw new CannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
  try {
    return JSON.parse(decode(bytes).text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    throw new CannotRun('file', `${file} is not JSON (${causeOf(error)}). The restart stage would fail on it too.`);
  }
}

function valueOf<T>(file: string, reading: StateFileReading<T>): T {
  if (reading.problems === undefined) return reading.value;
  const problems = reading.problems.map(describe).join('; ');
  throw new CannotRun('file', `${file} would fail the restart stage: ${problems}. Repair it first.`);
}

function describe(problem: StateFileProblem): string {
  switch (problem.reason) {
    case 'not-an-object':
      return 'it is no JSON object';
    case 'no-list':
      return 'its list of nodes is none';
    case 'entry-not-an-object':
      return `entry ${String(problem.index + 1)} is no object`;
    case 'entry-without-bmc-ip':
      return `entry ${String(problem.index + 1)} has no bmc_ip`;
    case 'entry-without-status':
      return `entry ${String(problem.index + 1)} has no status`;
  }
}
