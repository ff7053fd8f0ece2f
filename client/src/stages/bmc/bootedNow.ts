import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';

type Planned = Pick<PreparedRestart, 'nodes' | 'obstacles' | 'close'>;

/**
 * Hostnames of the nodes that a restart would boot now. Empty if unknown, because of an obstacle such as an error in
 * the mapping file, or because its state is in use or broken.
 * @throws UserError, for example if a file cannot be read
 */
export async function bootedNow(plan: () => Promise<Planned>): Promise<readonly string[]> {
  try {
    const { nodes, obstacles, close } = await plan();
    await close();
    return obstacles.length > 0 ? [] : nodes.map(({ target }) => target.hostname);
  } catch (error) {
    if (error instanceof StateError) return [];
    throw error;
  }
}
