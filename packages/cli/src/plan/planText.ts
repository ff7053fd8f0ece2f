import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { PlanBasis } from '@omnia-buildstream/core/plan/decideRestart';
import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { basisText, planHeadline, reasonCounts } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { formatTable } from '../table.ts';

/** The plan for a terminal: what is booted, what is left alone, what to note. */
export function planText(made: Plan, basis: PlanBasis): string {
  const boot = made.nodes.filter(({ action }) => action === 'boot');
  const leave = made.nodes.filter(({ action }) => action === 'leave');
  const notices = made.notices.map(({ kind, ...params }) => `! ${plainLine(say(noticeTexts[kind], params))}`);
  const sure = basisText(basis, say);
  const blocks = [
    planHeadline({ plan: made, basis }, say),
    ...notices,
    ...(sure === '' ? [] : [`! ${sure}`]),
    ...table(planTexts.boot, boot),
    ...table(planTexts.leave, leave),
  ];
  return `${blocks.join('\n')}\n`;
}

function table(title: string, nodes: readonly PlannedNode[]): string[] {
  if (nodes.length === 0) return [];
  const head = ['NODE', 'ROLE', 'BMC_IP', 'WHY'];
  const lines = nodes.map(({ target, reason }) => [
    target.hostname,
    target.functionalGroup,
    target.bmcIp,
    say(reasonTexts[reason]),
  ]);
  return ['', `${title}: ${reasonCounts(nodes, say)}`, formatTable(head, lines)];
}
