import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { omniaControlNotes } from '@omnia-buildstream/core/plan/control/omniaControl';
import { identityTexts, planTexts, rolloutTexts } from '@omnia-buildstream/core/plan/planTexts';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import { planText } from '../plan/planText.ts';

const mostShown = 20;

/** The first twenty, one `  n1 (172.17.107.1)` per line. */
export function nodeLines(nodes: readonly { readonly hostname: string; readonly bmcIp: string }[]): string {
  const lines = nodes
    .slice(0, mostShown)
    .map(({ hostname, bmcIp }) => `  ${plainLine(`${hostname} (${bmcIp === '' ? 'no BMC' : bmcIp})`)}\n`);
  const more = nodes.length - mostShown;
  return lines.join('') + (more > 0 ? `  and ${String(more)} more\n` : '');
}

/** Which nodes a run boots, and why; the same plan as in the editor. */
export function serverPlanText(made: MappingPlan | undefined): string {
  if (made === undefined) return 'There is no mapping file.\n';
  const { decision, errors, version, run } = made;
  const broken =
    errors === 0
      ? ''
      : `! The mapping file has ${String(errors)} errors for Omnia ${version}. The deploy stage refuses it.\n`;
  if (decision.plan === undefined) return `! ${sayProblems(decision.problems, say)}\n${broken}`;
  const which = run.jobId === undefined && decision.basis !== 'never-restarted' ? `! ${planTexts.ofLastRun}\n` : '';
  const control = omniaControlNotes(decision.plan)
    .map((note) => `! ${plainLine(wordsOf(note))}\n`)
    .join('');
  return `${planText(decision.plan, decision.basis)}${which}${broken}! ${identityTexts.byOim}\n! ${rolloutTexts.notHere}\n${control}`;
}
