import { jobTexts } from '@omnia-buildstream/core/plan/jobs/jobTexts';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';

/** What the end of a run says of nodes that were left because of the work on them, and of those that stay drained. */
export function workNotes({ busy, drained }: Pick<RestartSummary, 'busy' | 'drained'>): readonly Phrase[] {
  return [
    ...(busy.length === 0 ? [] : [phrase(jobTexts.left, { count: busy.length, nodes: busy.join(', ') })]),
    ...drainedNotes(drained),
  ];
}

/** @param nodes hostnames of those that were drained from here and not given back */
export function drainedNotes(nodes: readonly string[]): readonly Phrase[] {
  return nodes.length === 0 ? [] : [phrase(jobTexts.drained, { count: nodes.length, nodes: nodes.join(', ') })];
}
