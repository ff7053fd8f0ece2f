import { countField } from '@omnia-buildstream/core/text/jsonFields';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { TestSummary } from '../events.ts';
import { stageNamed, type OimJob, type OimStage } from '../model/job.ts';
import { objectField, saidField } from '../model/read.ts';
import { endTexts, failureTexts, missingTexts } from './texts.ts';

/** How a stage ended, in sentences. */
export function endPhrases(name: StageName, stage: OimStage): Phrase[] {
  const about = { stage: name };
  if (stage.state === 'SKIPPED') return [phrase(endTexts.skipped, about)];
  if (stage.state === 'COMPLETED' && !hasFailedTests(stage)) {
    return [phrase(endTexts[name]), ...testsPhrases(stage), ...placePhrases(stage)];
  }
  return [
    phrase(stage.state === 'CANCELLED' ? endTexts.cancelled : endTexts.failed, about),
    ...codePhrases(stage),
    ...saidPhrases(stage.errorSummary ?? textOfDetail(stage, 'error_message')),
    ...testsPhrases(stage),
    ...placePhrases(stage),
    ...(name === 'restart' ? [phrase(endTexts.failedNodes)] : []),
  ];
}

function codePhrases({ errorCode }: OimStage): Phrase[] {
  const known = errorCode === undefined ? undefined : failureTexts[errorCode];
  return known === undefined ? saidPhrases(errorCode) : [phrase(known)];
}

function saidPhrases(said: string | undefined): Phrase[] {
  return said === undefined ? [] : [phrase(endTexts.said, { said })];
}

/** Validate says in its result what its tests say (omnia.md section 6). */
export function hasFailedTests(stage: OimStage): boolean {
  return textOfDetail(stage, 'outcome') === 'FAILED';
}

export function testsOf({ resultDetail }: OimStage): TestSummary | undefined {
  const summary = resultDetail === undefined ? undefined : objectField(resultDetail, 'test_summary');
  if (summary === undefined) return undefined;
  const count = (name: string): number => countField(summary, name) ?? 0;
  return {
    total: count('total'),
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    errors: count('errors'),
  };
}

export function reportPathOf(stage: OimStage): string | undefined {
  return textOfDetail(stage, 'report_path');
}

export function logFileOf(stage: OimStage): string | undefined {
  return stage.logFile ?? textOfDetail(stage, 'log_path');
}

/** Which stage is missing before this one, in a sentence; none when the job does not tell. */
export function missingPhrases(job: OimJob, name: StageName): Phrase[] {
  if (stageNamed(job, name)?.state === 'IN_PROGRESS') return [phrase(missingTexts.ended, { stage: name })];
  const before = { deploy: undefined, restart: 'deploy', validate: 'restart' }[name];
  if (before === undefined) return missingBuild(job);
  const state = stageNamed(job, before)?.state;
  return state === 'COMPLETED' || state === undefined ? [] : [phrase(missingTexts.before, { stage: before, state })];
}

function missingBuild({ stages }: OimJob): Phrase[] {
  const builds = stages.filter(({ name }) => name.startsWith('build-image'));
  if (builds.length === 0 || builds.some(({ state }) => state === 'COMPLETED')) return [];
  return [phrase(missingTexts.build, { states: builds.map(({ name, state }) => `${name} ${state}`).join(', ') })];
}

function testsPhrases(stage: OimStage): Phrase[] {
  const tests = testsOf(stage);
  return tests === undefined ? [] : [phrase(endTexts.tests, { ...tests })];
}

function placePhrases(stage: OimStage): Phrase[] {
  const report = reportPathOf(stage);
  return [...(report === undefined ? [] : [phrase(endTexts.report, { report })]), ...logPhrases(stage)];
}

export function logPhrases(stage: OimStage): Phrase[] {
  const log = logFileOf(stage);
  return log === undefined ? [] : [phrase(endTexts.log, { log })];
}

function textOfDetail({ resultDetail }: OimStage, name: string): string | undefined {
  return resultDetail === undefined ? undefined : saidField(resultDetail, name);
}
