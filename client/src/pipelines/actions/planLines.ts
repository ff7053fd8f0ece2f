import type { PlanNotice } from '@omnia-buildstream/core/plan/plan';
import { basisText, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { noticeTexts, planTexts } from '@omnia-buildstream/core/plan/planTexts';
import { leftLines, touchedLines } from '@omnia-buildstream/core/stage/touchedNodes';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { bootedBy } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import type { MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';

/**
 * How many nodes a plan boots, of which groups, and why, as paragraphs of a question; the plan itself lists every node.
 */
export function planLines(made: MappingPlan): Paragraph[] {
  const [counts = [], ...others] = decisionLines(made);
  return [counts, ...errorLines(made), ...others];
}

function decisionLines(made: MappingPlan): Paragraph[] {
  const { decision, run } = made;
  if (decision.plan === undefined) return [sayProblems(decision.problems, say)];
  const { plan, basis } = decision;
  const sure = basisText(basis, say);
  return [
    [planHeadline(decision, say), ...touchedLines(bootedBy(made), say), ...leftLines(decision, say)],
    ...noticeLines(plan.notices),
    ...(run.jobId === undefined && basis !== 'never-restarted' ? [say(planTexts.ofLastRun)] : []),
    ...(sure === '' ? [] : [sure]),
  ];
}

/** Notices that users should read first. */
export function noticeLines(notices: readonly PlanNotice[]): string[] {
  return notices.map(({ kind, ...params }) => say(noticeTexts[kind], params));
}

function errorLines({ errors, version }: MappingPlan): string[] {
  if (errors === 0) return [];
  if (errors === 1) {
    return [
      vscode.l10n.t('Warning: the mapping file has an error for Omnia {0}. The deploy stage refuses it.', version),
    ];
  }
  return [
    vscode.l10n.t(
      'Warning: the mapping file has {0} errors for Omnia {1}. The deploy stage refuses it.',
      errors,
      version,
    ),
  ];
}
