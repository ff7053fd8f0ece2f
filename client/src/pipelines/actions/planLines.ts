import type { PlanNotice } from '@omnia-buildstream/core/plan/plan';
import { basisText, planHeadline, reasonCounts } from '@omnia-buildstream/core/plan/planDocument';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { shortList } from '../../platform/shortList.ts';

/** Which nodes a plan boots, and why, as paragraphs for a confirmation. */
export function planLines(made: MappingPlan): Paragraph[] {
  return [...decisionLines(made), ...errorLines(made)];
}

function decisionLines({ decision, run }: MappingPlan): Paragraph[] {
  if (decision.plan === undefined) return [sayProblems(decision.problems, say)];
  const { plan, basis } = decision;
  const boot = plan.nodes.filter(({ action }) => action === 'boot');
  const leave = plan.nodes.filter(({ action, reason }) => action === 'leave' && reason !== 'not-in-mapping');
  const names = boot.map(({ target, reason }) => `${target.hostname} (${target.bmcIp}): ${say(reasonTexts[reason])}`);
  const left = leave.length === 0 ? [] : [`${say(planTexts.leave)}: ${reasonCounts(leave, say)}`];
  const sure = basisText(basis, say);
  return [
    ...noticeLines(plan.notices),
    [planHeadline(decision, say), ...shortList(names), ...left],
    ...(run.jobId === undefined && basis !== 'never-restarted' ? [say(planTexts.ofLastRun)] : []),
    ...(sure === '' ? [] : [sure]),
  ];
}

/** What people should read first. */
export function noticeLines(notices: readonly PlanNotice[]): string[] {
  return notices.map(({ kind, ...params }) => say(noticeTexts[kind], params));
}

function errorLines({ errors, version }: MappingPlan): string[] {
  if (errors === 0) return [];
  return [
    vscode.l10n.t(
      'Warning: the mapping file has {0} errors for Omnia {1}. The deploy stage refuses it.',
      errors,
      version,
    ),
  ];
}
