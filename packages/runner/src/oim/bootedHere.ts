import path from 'node:path';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import type { SeenState } from '@omnia-buildstream/engine/state/fileStateStore';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import type { Machine } from '../machine.ts';
import { lookAtState } from '../stateFolder.ts';

interface Where {
  /** Absolute path. */
  readonly project: string;
  /** State folder of restarts, relative to the project or absolute. */
  readonly place?: string | undefined;
}

/** BMC_IPs that the stage engine has booted for an image group, according to its state. */
export async function bootedHere(
  where: Where,
  imageGroup: string,
  machine?: Pick<Machine, 'fs' | 'processes'>,
): Promise<ReadonlySet<string>> {
  const state = await stateHere(where, machine);
  if (state?.imageGroup !== imageGroup) return new Set();
  return new Set(state.bootedNodes.map(({ bmcIp }) => bmcIp));
}

/** When the stage engine last wrote the state of a restart; undefined if never or unknown. */
export async function restartedHere(
  where: Where,
  machine?: Pick<Machine, 'fs' | 'processes'>,
): Promise<string | undefined> {
  return (await stateHere(where, machine))?.updatedAt;
}

async function stateHere(
  { project, place = engineStateFolder }: Where,
  machine: Pick<Machine, 'fs' | 'processes'> | undefined,
): Promise<SeenState['restartState'] | undefined> {
  try {
    const folder = { folder: path.resolve(project, place), within: project };
    return (await lookAtState(folder, machine)).restartState;
  } catch (error) {
    // An unreadable state is not the concern of these callers: it counts as unknown.
    if (error instanceof StateError) return undefined;
    throw error;
  }
}
