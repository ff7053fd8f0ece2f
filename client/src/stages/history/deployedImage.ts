import { deployedLast, withTries } from '@omnia-buildstream/core/history/timeline';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readTimeline } from '@omnia-buildstream/runner/history/readTimeline';
import { machine } from '../machine.ts';
import type { StagesParts } from '../stagesPart.ts';

/** Deploys further back than this many runs are not found. */
const mostRuns = 50;

/**
 * The image group that was deployed last, according to the runs of a project and those in GitLab. Undefined if unknown,
 * also if the history cannot be read, because that must not keep the user from choosing an image.
 * @param project absolute path of its folder
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
