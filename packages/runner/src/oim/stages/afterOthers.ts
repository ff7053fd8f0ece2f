import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { laterDeploys } from '../laterDeploys.ts';
import type { OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';
import { utcText } from '../utcText.ts';

/**
 * How each stage reacts if another image group was deployed later. Deploy does not: it makes its own group the latest
 * one again.
 */
const ofLaterDeploy = {
  deploy: { tells: false, refuses: false },
  // Restart boots what was deployed last, regardless of the job for which it is requested.
  restart: { tells: true, refuses: true },
  validate: { tells: true, refuses: false },
} as const;

/** Notes about other images that the nodes boot now. */
export function sinceNotes({ stage, job, others, isAfterOthers }: OimSituation): Phrase[] {
  const [last] = ofLaterDeploy[stage].tells && !isAfterOthers ? laterDeploys(job, others) : [];
  if (last === undefined) return [];
  const { imageGroup: group, at } = last;
  if (at === undefined) return [phrase(texts.maybeDeployedSince, { group })];
  return [phrase(texts.deployedSince, { group, time: utcText(at) })];
}

/** Why a stage is not requested: nodes would get other images than the selected ones. Only certain facts prevent it. */
export function bootsOther(situation: OimSituation): Phrase[] {
  const [last] = laterDeploys(situation.job, situation.others);
  if (!ofLaterDeploy[situation.stage].refuses || last?.at === undefined) return [];
  return [...sinceNotes(situation), phrase(texts.deployAgain, { group: last.imageGroup })];
}
