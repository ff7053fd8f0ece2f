import type { SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { keepSeen as keep } from '@omnia-buildstream/runner/keepSeen';
import { machine } from '../machine.ts';
import type { StageContext } from '../stageContext.ts';

/** Serializes the writes of this window. */
let last = Promise.resolve();

/**
 * Stores facts about nodes for all windows on the project. Never rejects: a failure is only logged, because this window
 * shows the facts anyway.
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
