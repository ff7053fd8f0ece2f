import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { oneLine } from '@omnia-buildstream/core/text/foreignText';
import { dateText } from '../dateText.ts';
import type { WhyFailed } from './whyFailed.ts';

const whyTexts = {
  nodes: '{failed} of {total} nodes failed to boot ({names})',
  someNodes: 'Nodes that failed to boot: {failed} ({names})',
  code: 'The job reports: {code}',
  summary: 'The job reports: {code}, {summary}',
  onlySummary: 'The job reports: {summary}',
  stageState: 'State of the stage: {state}',
  attempt: 'Attempt {attempt}',
  logHidden: 'GitLab does not show the log of this job',
  staleList:
    'failed_nodes.json is of {date}, before this restart began: it is the result of an older run and says nothing about this one',
  logFile: 'Log on the management server: {file}',
} as const;

const mostNamed = 5;

/** Why a job failed, the nodes first. Empty if nothing says so. Sentences without their full stop. */
export function whyPhrases({ cause, isLogHidden, failedNodes, totalNodes, staleListMs }: WhyFailed): Phrase[] {
  const phrases = failedNodes.length === 0 ? [] : [nodesPhrase(failedNodes.map(nameOf), totalNodes)];
  if (staleListMs !== undefined) {
    phrases.push(phrase(whyTexts.staleList, { date: dateText(staleListMs) }));
  }
  if (isLogHidden === true) phrases.push(phrase(whyTexts.logHidden));
  if (cause === undefined) return phrases;
  const { code, summary, stageState, attempt, logFile } = cause;
  if (code !== undefined && summary !== undefined) {
    phrases.push(phrase(whyTexts.summary, { code: oneLine(code), summary: oneLine(summary) }));
  } else if (code !== undefined) phrases.push(phrase(whyTexts.code, { code: oneLine(code) }));
  else if (summary !== undefined) phrases.push(phrase(whyTexts.onlySummary, { summary: oneLine(summary) }));
  if (stageState !== undefined) phrases.push(phrase(whyTexts.stageState, { state: oneLine(stageState) }));
  if (attempt !== undefined) phrases.push(phrase(whyTexts.attempt, { attempt }));
  if (logFile !== undefined) phrases.push(phrase(whyTexts.logFile, { file: oneLine(logFile) }));
  return phrases;
}

function nameOf({ hostname, bmcIp }: WhyFailed['failedNodes'][number]): string {
  return oneLine(hostname === '' ? bmcIp : hostname);
}

/** The list counts what was tried, or only its own entries; in the latter case the count adds nothing. */
function nodesPhrase(all: readonly string[], total: number | undefined): Phrase {
  const failed = all.length;
  const names = failed <= mostNamed ? all.join(', ') : `${all.slice(0, mostNamed).join(', ')}, …`;
  return total === undefined || total <= failed
    ? phrase(whyTexts.someNodes, { failed, names })
    : phrase(whyTexts.nodes, { failed, total, names });
}
