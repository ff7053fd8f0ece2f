import { deployedLast, withTries } from '@omnia-buildstream/core/history/timeline';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readTimeline } from '@omnia-buildstream/runner/history/readTimeline';
import { machine } from '../machine.ts';
import type { StagesParts } from '../stagesPart.ts';

/** A deploy that is further back than so many runs is not looked for. */
const mostRuns = 50;

/**
 * The image group that was deployed last, as far as the runs of a project and those in GitLab tell; undefined: nothing does.
 * Nobody is kept from choosing an image because it is not known: a history that cannot be read tells nothing.
 * @param project its folder, absolute
 */
export async function deployedImage(
  { gitlabRuns, log }: Pick<StagesParts, 'gitlabRuns' | 'log'>,
  project: string,
): Promise<string | undefined> {
  try {
    const own = await readTimeline(historyOf(project), machine, mostRuns, []);
    return deployedLast(withTries(own, await gitlabRuns.tries()).tries);
  } catch (error) {
    log.warn(`Which image is deployed: ${String(error)}`);
    return undefined;
  }
}
