import type { Template } from '../text/message.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import { historyTexts as texts, outcomeTexts, stopTexts } from './historyTexts.ts';
import { nodesByEnd, type NodeInRun, type RunHistory } from './runHistory.ts';

/** How a run ended and what became of its nodes, for a line of a list; never empty. */
export function endPhrases(run: RunHistory): readonly Phrase[] {
  const { end } = run;
  if (end === undefined) return [phrase(texts.open), ...countPhrases(run)];
  return [phrase(outcomeTexts[end.outcome]), ...stopPhrases(run), ...countPhrases(run)];
}

/** Why it ended before all was done; empty: it went through, or has not ended. */
export function stopPhrases({ end }: RunHistory): readonly Phrase[] {
  return end === undefined || end.stopped === '' ? [] : [phrase(texts.stopped, { why: stopWords(end.stopped) })];
}

/** Of the nodes that it was to touch; empty: nothing is known of single ones. */
export function countPhrases(run: RunHistory): readonly Phrase[] {
  const { succeeded, left, untold } = nodesByEnd(run);
  const total = succeeded.length + left.length;
  if (total === 0) return untold.length === 0 ? [] : [phrase(texts.untold, { count: untold.length })];
  const failed = left.filter(hasFailed).length;
  const reset = run.nodes.filter(({ resets }) => resets.length > 0).length;
  const counts = { total, succeeded: succeeded.length, failed, notTried: left.length - failed, reset };
  return [
    phrase(texts.counts, counts),
    ...(untold.length === 0 ? [] : [phrase(texts.untold, { count: untold.length })]),
  ];
}

export function hasFailed({ result }: NodeInRun): boolean {
  return result?.status === 'failed';
}

function stopWords(stopped: string): string | Phrase {
  const text: Template | undefined = Object.hasOwn(stopTexts, stopped) ? stopTexts[stopped] : undefined;
  return text === undefined ? stopped : { message: text, params: {} };
}
