import path from 'node:path';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import type { Machine } from '../machine.ts';
import { lookAtState } from '../stateFolder.ts';

/**
 * BMC_IPs that the stage engine has booted for an image group, from its state.
 * @param project absolute path
 * @param place of its state folder, seen from the project or absolute
 */
export async function bootedHere(
  { project, place = engineStateFolder }: { readonly project: string; readonly place?: string | undefined },
  imageGroup: string,
  machine?: Pick<Machine, 'fs' | 'processes'>,
): Promise<ReadonlySet<string>> {
  try {
    const { restartState } = await lookAtState({ folder: path.resolve(project, place), within: project }, machine);
    if (restartState.imageGroup !== imageGroup) return new Set();
    return new Set(restartState.bootedNodes.map(({ bmcIp }) => bmcIp));
  } catch (error) {
    // A state that cannot be read is no matter of the management server.
    if (error instanceof StateError) return new Set();
    throw error;
  }
}
