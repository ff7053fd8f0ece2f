import path from 'node:path';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { planDirect } from '@omnia-buildstream/runner/restart';
import { lookAtState } from '@omnia-buildstream/runner/stateFolder';
import type { Io } from '../io.ts';
import { readMapping } from '../run/mapping.ts';
import { inWords } from '../run/runnerProblem.ts';
import { tracesFor } from './traces.ts';

interface DirectPlan {
  readonly mapping: string | undefined;
  readonly failed: string | undefined;
  readonly version: OmniaVersion | undefined;
  /** Empty: that of the state. */
  readonly image: string;
  readonly job: string | undefined;
}

/** What `run restart` would do from here: by the state of the stage engine and what Omnia left. @throws CannotRun */
export async function planDirectly(
  { mapping: given, failed, version: chosen, image, job }: DirectPlan,
  io: Io,
): Promise<DecidedRestart> {
  const { file, text, version } = await readMapping({ mapping: given, version: chosen }, io);
  try {
    const state = await lookAtState({ folder: path.resolve(io.cwd, engineStateFolder), within: io.cwd }, io);
    const imageGroup = image === '' ? (state.restartState.imageGroup ?? '') : image;
    const omnia = await tracesFor({ file, version, failed, jobId: job }, io);
    return planDirect({ file: path.resolve(io.cwd, file), text, version, imageGroup, omnia }, state);
  } catch (error) {
    throw inWords(error, file);
  }
}
