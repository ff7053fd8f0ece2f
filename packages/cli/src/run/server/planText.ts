import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import type { Obstacle, StagePlan } from '@omnia-buildstream/runner/preparedStage';
import { RunnerError } from '@omnia-buildstream/runner/runnerError';
import { CannotRun } from '../../cannotRun.ts';
import { planText } from '../../plan/planText.ts';
import { inWords } from '../runnerProblem.ts';

/** What a stage of the management server touches, for people, before they are asked. */
export function touchesText({ notes, restart, stage, touched }: StagePlan): string {
  const lines = notes.map((note) => plainLine(wordsOf(note)));
  if (restart !== undefined) lines.push(planText(restart.plan, restart.basis));
  if (stage === 'deploy') {
    const roles = new Map<string, number>();
    for (const { functionalGroup } of touched) roles.set(functionalGroup, (roles.get(functionalGroup) ?? 0) + 1);
    lines.push(...[...roles].map(([role, count]) => `  ${role}: ${String(count)}`));
  }
  return lines.join('\n');
}

/** What stands in the way of a stage, as the error that ends the command; `mapping` as it was given. */
export function obstacleError(obstacle: Obstacle, { stage }: Pick<StagePlan, 'stage'>, mapping: string): unknown {
  switch (obstacle.kind) {
    case 'no-mapping':
      return new CannotRun(
        'arguments',
        `There is no PXE mapping file here, so nobody can say which nodes the ${stage} stage touches. ` +
          'Run it in the project folder, or name the file with --mapping.',
      );
    case 'mapping-errors':
      return inWords(new RunnerError({ reason: 'mapping-errors', errors: obstacle.errors }), mapping);
    case 'failed-nodes':
      return new CannotRun('file', `${obstacle.file}: ${sayProblems(obstacle.problems, say)}`);
  }
}
