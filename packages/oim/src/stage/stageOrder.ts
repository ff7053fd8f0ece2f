import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { stageNamed, type OimJob } from '../model/job.ts';
import { orderTexts } from './texts.ts';

const stagesOnNodes: readonly StageName[] = ['deploy', 'restart', 'validate'];

/**
 * The obstacles to requesting a stage, in sentences; empty if the job shows none. The API checks no stage other than
 * the requested one and restarts a job that was never deployed (omnia.md section 7), so the order is enforced here,
 * before anything is sent.
 */
export function orderProblems(job: OimJob, name: StageName): Phrase[] {
  if (job.state === 'CLEANED') return [phrase(orderTexts.cleaned)];
  const running = stagesOnNodes.find((other) => stageNamed(job, other)?.state === 'IN_PROGRESS');
  if (running !== undefined) {
    const text = running === name ? orderTexts.ended : orderTexts.otherRuns;
    return [phrase(text, { stage: running })];
  }
  const before = { deploy: undefined, restart: 'deploy', validate: 'restart' }[name];
  if (before === undefined) return missingBuild(job);
  const state = stageNamed(job, before)?.state ?? 'PENDING';
  return state === 'COMPLETED' ? [] : [phrase(orderTexts.before, { stage: before, state })];
}

function missingBuild({ stages }: OimJob): Phrase[] {
  const builds = stages.filter(({ name }) => name.startsWith('build-image'));
  if (builds.length === 0 || builds.some(({ state }) => state === 'COMPLETED')) return [];
  return [phrase(orderTexts.build, { states: builds.map(({ name, state }) => `${name} ${state}`).join(', ') })];
}
