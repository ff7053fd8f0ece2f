import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { laterDeploys } from '../laterDeploys.ts';
import type { OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';
import { utcText } from '../utcText.ts';

/** What it means for a stage that another image group was deployed since: deploy makes its own the last one again. */
const ofLaterDeploy = {
  deploy: { tells: false, refuses: false },
  // It boots what was deployed last, whoever's job it is ordered for.
  restart: { tells: true, refuses: true },
  validate: { tells: true, refuses: false },
} as const;

/** Which other images the nodes boot now. */
export function sinceNotes({ stage, job, others, isAfterOthers }: OimSituation): Phrase[] {
  const [last] = ofLaterDeploy[stage].tells && !isAfterOthers ? laterDeploys(job, others) : [];
  if (last === undefined) return [];
  const { imageGroup: group, at } = last;
  if (at === undefined) return [phrase(texts.maybeDeployedSince, { group })];
  return [phrase(texts.deployedSince, { group, time: utcText(at) })];
}

/** Why a stage is not ordered: nodes would get other images than those that were chosen. Only what is sure refuses. */
export function bootsOther(situation: OimSituation): Phrase[] {
  const [last] = laterDeploys(situation.job, situation.others);
  if (!ofLaterDeploy[situation.stage].refuses || last?.at === undefined) return [];
  return [...sinceNotes(situation), phrase(texts.deployAgain, { group: last.imageGroup })];
}
