import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';

type Planned = Pick<PreparedRestart, 'nodes' | 'obstacles' | 'close'>;

/**
 * Hostnames of the nodes that a restart would boot now. Empty when it is unknown: something stands in its way, an error
 * in the mapping file for example, or its state is in use or broken. A file that cannot be read is not such a reason.
 * @throws UserError
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
