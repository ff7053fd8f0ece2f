import { reasonCounts } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import type { MappingPlan } from '../serverPlan.ts';

const mostShown = 20;

/** Which nodes a plan boots, and why, as paragraphs for a confirmation. */
export function planLines({ plan, basis, errors, facts }: MappingPlan): Paragraph[] {
  const boot = plan.nodes.filter(({ action }) => action === 'boot');
  const leave = plan.nodes.filter(({ action, reason }) => action === 'leave' && reason !== 'not-in-mapping');
  const total = boot.length + leave.length;
  const count = boot.length === 0 ? say(planTexts.nothing) : say(planTexts.count, { count: boot.length, total });
  const names = boot.map(({ target, reason }) => `${target.hostname} (${target.bmcIp}): ${say(reasonTexts[reason])}`);
  const left = leave.length === 0 ? [] : [`${say(planTexts.leave)}: ${reasonCounts(leave, say)}`];
  const notices = plan.notices.map(({ kind, ...params }) => say(noticeTexts[kind], params));
  const basisText = basis === 'assumed' ? planTexts.assumed : planTexts.assumedNothing;
  return [
    [count, ...shortList(names), ...left],
    facts.isFailedBroken
      ? vscode.l10n.t('Warning: failed_nodes.json on the server cannot be read; the restart stage fails on it.')
      : say(basisText),
    ...(notices.length === 0 ? [] : [notices]),
    ...(errors === 0
      ? []
      : [
          vscode.l10n.t(
            'Warning: the mapping file has {0} errors for Omnia {1}. The deploy stage refuses it.',
            errors,
            plan.version,
          ),
        ]),
  ];
}

/** The first twenty, and how many more. */
export function shortList(lines: readonly string[]): string[] {
  const more = lines.length - mostShown;
  return more <= 0 ? [...lines] : [...lines.slice(0, mostShown), vscode.l10n.t('and {0} more', more)];
}
