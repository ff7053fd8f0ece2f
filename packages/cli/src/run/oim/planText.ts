import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { planText } from '../../plan/planText.ts';

/** What a stage of the management server touches, for people, before they are asked. */
export function touchesText({ notes, restart, nodes }: StagePlan, reach: readonly Phrase[]): string {
  const lines = [...notes, ...reach].map((note) => plainLine(wordsOf(note)));
  if (restart !== undefined) return [...lines, planText(restart.plan, restart.basis)].join('\n');
  const reasons = new Map<string, number>();
  for (const { why } of nodes) reasons.set(wordsOf(why), (reasons.get(wordsOf(why)) ?? 0) + 1);
  return [...lines, ...[...reasons].map(([why, count]) => `  ${plainLine(why)}: ${String(count)}`)].join('\n');
}
