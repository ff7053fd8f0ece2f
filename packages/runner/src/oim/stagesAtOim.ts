import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { readOtherJobs } from './otherJobs.ts';
import type { OtherPlace } from '../others/othersAtWork.ts';
import { othersTexts as texts } from '../others/othersTexts.ts';

/** Stages that touch nodes. */
const touching = ['deploy', 'restart'] as const;

/**
 * Deploy and restart stages that are running on the management server, no matter who requested them: all jobs share its
 * input folder and its boot configuration (omnia.md section 7), whichever nodes they name.
 * @param own job whose own stages do not count as others
 */
export function stagesAtOim(client: Pick<OimClient, 'images' | 'job'>, own = ''): OtherPlace {
  return {
    name: phrase(texts.server),
    look: async (_, signal) => {
      const groups = await client.images(undefined, signal);
      const jobs = await readOtherJobs(client, { groups, jobId: own }, signal);
      const others = jobs.flatMap(({ group, job }) =>
        job === undefined
          ? []
          : touching
              .filter((stage) => stageNamed(job, stage)?.state === 'IN_PROGRESS')
              .map((stage) => phrase(texts.onServer, { stage, group: group.id })),
      );
      // A failed deploy may leave the group in this state forever (omnia.md section 7), so this is not a reason to
      // refuse.
      const unread = jobs.find(({ group, job }) => job === undefined && group.status === 'DEPLOYING')?.group;
      if (unread === undefined) return { others };
      return { others, notKnown: phrase(texts.maybeOnServer, { group: unread.id, status: unread.status }) };
    },
  };
}
