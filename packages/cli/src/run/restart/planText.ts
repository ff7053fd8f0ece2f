import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { planText } from '../../plan/planText.ts';

/** The plan for people: which nodes are booted and why, and what is left of an interrupted run. */
export function restartPlanText({ restart, notes, ofRun: { nodes, finished, resumed } }: PreparedRestart): string {
  if (restart === undefined) return '';
  const { plan, basis } = restart;
  const lines = [planText(plan, basis)];
  if (resumed !== undefined) {
    const failures = finished.filter(({ failure }) => failure !== undefined).length;
    lines.push(
      `The run of ${resumed.at} was interrupted and is resumed. Finished nodes: ${String(finished.length)} ` +
        `(failed: ${String(failures)}; the next run tries those again), remaining: ${String(nodes.length)}.\n`,
    );
  } else if (nodes.length < plan.nodes.filter(({ action }) => action === 'boot').length) {
    lines.push(
      `Of these only: ${plainLine(nodes.map(({ planned }) => planned.target.hostname).join(', ')) || 'none'}\n`,
    );
  }
  lines.push(...notes.map((note) => `${plainLine(wordsOf(note))}\n`));
  return `${lines.join('\n')}\n`;
}
