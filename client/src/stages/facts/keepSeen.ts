import type { SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { keepSeen as keep } from '@omnia-buildstream/runner/keepSeen';
import { machine } from '../machine.ts';
import type { StageContext } from '../stageContext.ts';

/** What this window keeps, it keeps one after the other. */
let last = Promise.resolve();

/**
 * Keeps what was seen of nodes for all windows on the project. That it cannot be kept does not concern who looked: this
 * window shows it all the same.
 * @param project absolute path
 */
export function keepSeen(project: string, seen: Partial<SeenNodes>, { log }: Pick<StageContext, 'log'>): Promise<void> {
  last = last
    .then(() => keep(project, seen, machine))
    .catch((error: unknown) => {
      log.warn(`What was seen of nodes could not be kept: ${String(error)}`);
    });
  return last;
}
