import { countField } from '@omnia-buildstream/core/failedNodes/jsonFields';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { TestSummary } from '../events.ts';
import { stageNamed, type OimJob, type OimStage } from '../model/job.ts';
import { objectField, saidField } from '../model/read.ts';

/** Stage failure codes (omnia.md section 7). */
const failureTexts: Readonly<Record<string, string>> = {
  PLAYBOOK_FAILED: 'Its playbook ended with failures',
  PLAYBOOK_EXECUTION_FAILED: 'Its playbook could not be carried out',
  QUEUE_SUBMISSION_FAILED: 'It could not be queued on the management server; check the queue and its watcher there',
};

/** How a stage ended, in sentences. */
export function endText(name: StageName, stage: OimStage): string {
  if (stage.state === 'SKIPPED') return `The ${name} stage was skipped by the management server.`;
  if (stage.state === 'COMPLETED' && !hasFailedTests(stage)) return doneText(name, stage);
  const code = stage.errorCode === undefined ? undefined : (failureTexts[stage.errorCode] ?? stage.errorCode);
  const said = stage.errorSummary ?? textOfDetail(stage, 'error_message');
  const sentences = [
    stage.state === 'CANCELLED' ? `The ${name} stage was cancelled` : `The ${name} stage failed`,
    code,
    said,
    testsText(stage),
    placesText(stage),
    name === 'restart' ? restartAdvice : undefined,
  ];
  return asSentences(sentences);
}

const restartAdvice =
  'The nodes that failed are in miscellaneous/failed_nodes.json of the GitLab project; the file may be older than ' +
  'this run, so compare its time. Repair them or mark those booted by hand, then run restart again';

function doneText(name: StageName, stage: OimStage): string {
  const done = { deploy: 'The images are deployed', restart: 'All nodes are booted', validate: 'All tests passed' }[
    name
  ];
  return asSentences([done, testsText(stage), placesText(stage)]);
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

/** Which stage is missing before this one, in a sentence; undefined when the job does not tell. */
export function missingText(job: OimJob, name: StageName): string | undefined {
  if (stageNamed(job, name)?.state === 'IN_PROGRESS') {
    return `The ${name} stage of this job is running; wait for its end, or follow it with the same command.`;
  }
  const before = { deploy: undefined, restart: 'deploy', validate: 'restart' }[name];
  if (before === undefined) return missingBuild(job);
  const state = stageNamed(job, before)?.state;
  if (state === 'COMPLETED' || state === undefined) return undefined;
  return `The ${before} stage of this job is ${state}; it has to be COMPLETED first.`;
}

function missingBuild({ stages }: OimJob): string | undefined {
  const builds = stages.filter(({ name }) => name.startsWith('build-image'));
  if (builds.length === 0 || builds.some(({ state }) => state === 'COMPLETED')) return undefined;
  const states = builds.map(({ name, state }) => `${name} is ${state}`).join(', ');
  return `No image build of this job is COMPLETED (${states}); run the build pipeline first.`;
}

function testsText(stage: OimStage): string | undefined {
  const tests = testsOf(stage);
  if (tests === undefined) return undefined;
  const { total, passed, failed, skipped, errors } = tests;
  const counts = [`${String(passed)} of ${String(total)} tests passed`, `${String(failed)} failed`];
  return [...counts, `${String(errors)} with errors`, `${String(skipped)} skipped`].join(', ');
}

function placesText(stage: OimStage): string | undefined {
  const [log, report] = [logFileOf(stage), reportPathOf(stage)];
  const places = [report === undefined ? '' : `report ${report}`, log === undefined ? '' : `log ${log}`];
  const text = places.filter((place) => place !== '').join(', ');
  return text === '' ? undefined : `On the management server: ${text}`;
}

function textOfDetail({ resultDetail }: OimStage, name: string): string | undefined {
  return resultDetail === undefined ? undefined : saidField(resultDetail, name);
}

function asSentences(parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined && part !== '') as readonly string[];
  return said.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}
