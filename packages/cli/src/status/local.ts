import { isUserError } from '@omnia-buildstream/core/errors/userError';
import path from 'node:path';
import { stillDrained, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { SeenState } from '@omnia-buildstream/engine/state/fileStateStore';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { lookAtState } from '@omnia-buildstream/runner/stateFolder';
import { codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { readMapping, type Mapping } from '../run/mapping.ts';
import { inWords } from '../errorWords.ts';
import { tracesFor } from '../plan/traces.ts';
import { lastReport, type LastReport } from './lastReport.ts';
import { nodeStates, type NodeStates } from './nodeStates.ts';

/** A restart as recorded in its folder; a run in shards has several. */
export interface LocalRun extends SeenState {
  /** As people write it. */
  readonly folder: string;
}

/** The progress of the runs whose state is in a folder. */
export interface LocalStatus {
  /** As it was named. */
  readonly folder: string;
  readonly runs: readonly LocalRun[];
  /** The mapping file whose nodes are counted; undefined: those that the state knows. */
  readonly mapping: string | undefined;
  readonly nodes: NodeStates;
  /** Hostnames of nodes that runs from here have drained and none has resumed, according to their history. */
  readonly drained: readonly string[];
  readonly validate: LastReport | undefined;
  readonly verify: LastReport | undefined;
}

interface GivenMapping {
  readonly mapping: string | undefined;
  readonly version: OmniaVersion | undefined;
}

/** Locks and changes nothing. @throws UserError */
export async function readLocalStatus(folder: string, given: GivenMapping, io: Io): Promise<LocalStatus> {
  const runs = await runsIn(folder, io);
  const [validate, verify] = [await lastReport(`${folder}/validate`, io), await lastReport(`${folder}/verify`, io)];
  if (runs.length === 0 && validate === undefined && verify === undefined) {
    const advice = 'Name the folder with --state FOLDER, or the management server with --api URL.';
    throw cannotRun('file', `No run has left its state in ${folder}. ${advice}`);
  }
  const mapping = await mappingIfThere(given, io);
  const omnia = mapping === undefined ? undefined : await tracesFor({ ...mapping, jobId: undefined }, io);
  return {
    folder,
    runs,
    mapping: mapping?.file,
    nodes: nodeStates(runs, mapping?.rows, omnia),
    drained: await drainedHere(io),
    validate,
    verify,
  };
}

async function drainedHere(io: Io): Promise<readonly string[]> {
  const newestFirst: RunHistory[] = [];
  for await (const found of readRuns(historyOf(io.cwd), io)) if (found.kind === 'read') newestFirst.push(found.run);
  return [...stillDrained(newestFirst.reverse()).values()];
}

/** Those of `run all` and of shards are below the folder; `run restart` can also be given its own. */
async function runsIn(folder: string, io: Io): Promise<LocalRun[]> {
  const restart = `${folder}/restart`;
  const shards = (await namesIn(restart, io)).filter((name) => /^shard-\d+-of-\d+$/.test(name)).sort();
  const runs: LocalRun[] = [];
  for (const place of [folder, restart, ...shards.map((name) => `${restart}/${name}`)]) {
    try {
      const seen = await lookAtState({ folder: path.resolve(io.cwd, place), within: io.cwd }, io);
      if (seen.isInUse || seen.jobId !== undefined || seen.restartState.updatedAt !== undefined) {
        runs.push({ ...seen, folder: place });
      }
    } catch (error) {
      throw inWords(error);
    }
  }
  return runs;
}

async function namesIn(folder: string, io: Io): Promise<string[]> {
  try {
    return await io.fs.readdir(path.resolve(io.cwd, folder));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/** One that is named must exist; the one in its usual place need not. */
async function mappingIfThere(given: GivenMapping, io: Io): Promise<Mapping | undefined> {
  try {
    return await readMapping(given, io);
  } catch (error) {
    if (given.mapping === undefined && isUserError(error)) return undefined;
    throw error;
  }
}
