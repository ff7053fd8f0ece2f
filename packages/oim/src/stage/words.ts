import { countField } from '@omnia-buildstream/core/text/jsonFields';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { TestSummary } from '@omnia-buildstream/core/testReport/types';
import type { OimStage } from '../model/job.ts';
import type { NodeResult } from '../model/nodeResults.ts';
import { objectField, saidField } from '../model/read.ts';
import { endTexts, failureTexts, nodeTexts } from './texts.ts';

/** @param nodes the result of the restart for each node; undefined if unknown */
export function endPhrases(name: StageName, stage: OimStage, nodes?: readonly NodeResult[]): Phrase[] {
  const about = { stage: name };
  if (stage.state === 'SKIPPED') return [phrase(endTexts.skipped, about)];
  if (stage.state === 'COMPLETED' && !hasFailedTests(stage)) {
    return [phrase(endTexts[name]), ...testsPhrases(stage), ...placePhrases(stage)];
  }
  return [
    phrase(stage.state === 'CANCELLED' ? endTexts.cancelled : endTexts.failed, about),
    ...codePhrases(name, stage),
    ...saidPhrases(stage.errorSummary ?? textOfDetail(stage, 'error_message')),
    ...testsPhrases(stage),
    ...placePhrases(stage),
    ...(name === 'restart' ? restartPhrases(nodes) : []),
  ];
}

/** A longer list of names would not help the user. */
const mostNames = 8;

function restartPhrases(nodes: readonly NodeResult[] | undefined): Phrase[] {
  const failed = nodes?.filter(({ hasFailed }) => hasFailed) ?? [];
  if (nodes === undefined || failed.length === 0) return [phrase(endTexts.failedNodes)];
  const names = failed.slice(0, mostNames).map(({ hostname, bmcIp }) => (hostname === '' ? bmcIp : hostname));
  const about = { count: failed.length, total: nodes.length, names: names.join(', ') };
  const more = failed.length - names.length;
  return [
    more === 0 ? phrase(nodeTexts.failed, about) : phrase(nodeTexts.failedMore, { ...about, more }),
    phrase(endTexts.failedNodes),
  ];
}

function codePhrases(name: StageName, { errorCode }: OimStage): Phrase[] {
  // For validate this code means that its tests failed, and no other code says so (omnia.md section 7).
  const code = errorCode === 'PLAYBOOK_FAILED' && name !== 'validate' ? 'PLAYBOOK_EXECUTION_FAILED' : errorCode;
  const known = code === undefined ? undefined : failureTexts[code];
  return known === undefined ? saidPhrases(errorCode) : [phrase(known)];
}

function saidPhrases(said: string | undefined): Phrase[] {
  return said === undefined ? [] : [phrase(endTexts.said, { said })];
}

/** The result of validate contains the outcome of its tests (omnia.md section 6). */
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
