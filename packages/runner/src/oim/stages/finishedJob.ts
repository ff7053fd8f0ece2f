import type { SentFile } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { newBuildTexts } from '@omnia-buildstream/oim/errors/advice';
import { isFinished, type OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';

/** How each stage behaves once its job has finished. */
export const ofFinishedJob = {
  // With the same files, deploy has nothing left to do.
  deploy: { isOnce: true, refuses: texts.finishedDeploy },
  restart: { isOnce: false, refuses: texts.finishedFiles },
  validate: { isOnce: false, refuses: texts.finishedFiles },
} as const;

/** Notes on what a finished job refuses and what works instead, shown before the user is asked. */
export async function finishedNotes(situation: OimSituation, files: readonly SentFile[]): Promise<Phrase[]> {
  if (files.length === 0 || !isFinished(situation)) return [];
  const { stage, job, group, uploads: log } = situation;
  const about = { state: job.state, status: group.status };
  const { isOnce, refuses } = ofFinishedJob[stage];
  if (!isOnce && (await log.isUploaded(job, files))) return [phrase(texts.finishedSame, about)];
  return [phrase(refuses, about), phrase(newBuildTexts.newBuild)];
}
