import path from 'node:path';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { withRowChanges } from '@omnia-buildstream/runner/planOfStates';
import { planDirect } from '@omnia-buildstream/runner/restart';
import { lookAtState } from '@omnia-buildstream/runner/stateFolder';
import type { Io } from '../io.ts';
import { readMapping, type Mapping } from '../run/mapping.ts';
import { inWords } from '../errorWords.ts';
import { switchesBeside } from '@omnia-buildstream/runner/omniaTraces';
import { bytesOf, tracesFor } from './traces.ts';

interface DirectPlan {
  readonly mapping: string | undefined;
  readonly failed: string | undefined;
  readonly version: OmniaVersion | undefined;
  /** Empty: the one of the state. */
  readonly image: string;
  readonly job: string | undefined;
  /** Its state folder; absent: where it usually is. */
  readonly state?: string | undefined;
  /** The commit whose mapping file the last run had; undefined: HEAD. */
  readonly base?: string | undefined;
}

/** What `run restart` would do from here: by the state of the stage engine and what Omnia left. @throws UserError */
export async function planDirectly({ mapping, version, ...about }: DirectPlan, io: Io): Promise<DecidedRestart> {
  return planVersion(await readMapping({ mapping, version }, io), about, io);
}

/** The same for a version of the mapping file, which need not be the one that is there. @throws UserError */
export async function planVersion(
  { file, text, version }: Pick<Mapping, 'file' | 'text' | 'version'>,
  { failed, image, job, base, state: place = engineStateFolder }: Omit<DirectPlan, 'mapping' | 'version'>,
  io: Io,
): Promise<DecidedRestart> {
  try {
    const state = await lookAtState({ folder: path.resolve(io.cwd, place), within: io.cwd }, io);
    const imageGroup = image === '' ? (state.restartState.imageGroup ?? '') : image;
    const omnia = await tracesFor({ file, version, failed, jobId: job, base }, io);
    const switches = await switchesBeside(file, version, (place) => bytesOf(place, io));
    const request = { file: path.resolve(io.cwd, file), text, version, imageGroup, omnia, switches };
    const decided = planDirect(request, state);
    return base === undefined ? decided : withRowChanges(decided, omnia?.committed, text);
  } catch (error) {
    throw inWords(error, file);
  }
}
