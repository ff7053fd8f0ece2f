import { jobTexts } from '@omnia-buildstream/core/plan/jobs/jobTexts';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';

/**
 * Notes at the end of a run about nodes that were left out because of their jobs, and about nodes that stay drained.
 */
export function workNotes({ busy, drained }: Pick<RestartSummary, 'busy' | 'drained'>): readonly Phrase[] {
  return [
    ...(busy.length === 0 ? [] : [phrase(jobTexts.left, { count: busy.length, nodes: busy.join(', ') })]),
    ...drainedNotes(drained),
  ];
}

/** @param nodes hostnames of nodes that were drained from here and not resumed */
export function drainedNotes(nodes: readonly string[]): readonly Phrase[] {
  return nodes.length === 0 ? [] : [phrase(jobTexts.drained, { count: nodes.length, nodes: nodes.join(', ') })];
}
