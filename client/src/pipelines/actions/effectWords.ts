import type { PlanBasis } from '@omnia-buildstream/core/plan/decideRestart';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { bootedBy } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import * as vscode from 'vscode';

type Restarts = Extract<Touches, { kind: 'restarts' }>;

/** Number of nodes to PXE-boot. Undefined if it is unknown, or if this kind of action boots none. */
export function bootCount(touches: Touches): number | undefined {
  if (touches.kind !== 'restarts' && touches.kind !== 'cadence') return undefined;
  return touches.plan?.decision.plan === undefined ? undefined : bootedBy(touches.plan).length;
}

/** Label of the button that boots nodes, with their number if known. */
export function bootButton(touches: Touches): string {
  const count = bootCount(touches);
  if (count === undefined) return vscode.l10n.t('PXE-Boot Nodes');
  return count === 1 ? vscode.l10n.t('PXE-Boot 1 Node') : vscode.l10n.t('PXE-Boot {0} Nodes', count);
}

/** The decision in one sentence: how many nodes and which image. */
export function bootQuestion(touches: Restarts): string {
  const image = touches.imageGroup ?? vscode.l10n.t('the selected image group');
  const count = bootCount(touches);
  if (count === undefined) return vscode.l10n.t('PXE-boot nodes with {0}?', image);
  if (count === 0) return vscode.l10n.t('Run the stages with {0}? No node will be PXE-booted.', image);
  if (isUpTo(touches)) {
    return count === 1
      ? vscode.l10n.t('PXE-boot up to 1 node with {0}?', image)
      : vscode.l10n.t('PXE-boot up to {0} nodes with {1}?', count, image);
  }
  return count === 1
    ? vscode.l10n.t('PXE-boot 1 node with {0}?', image)
    : vscode.l10n.t('PXE-boot {0} nodes with {1}?', count, image);
}

/** What is retried, and how many nodes that boots. */
export function retryQuestion(which: string, touches: Touches): string {
  return touches.kind === 'restarts' ? `${which} ${bootQuestion(touches)}` : which;
}

export function retryButton(touches: Touches): string {
  const count = bootCount(touches) ?? 0;
  if (count === 0) return vscode.l10n.t('Retry');
  return count === 1
    ? vscode.l10n.t('Retry and PXE-Boot 1 Node')
    : vscode.l10n.t('Retry and PXE-Boot {0} Nodes', count);
}

/** The marks come first because they are committed before the retry. */
export function markButton(marked: number, touches: Touches): string {
  if (marked === 0) return retryButton(touches);
  const count = bootCount(touches);
  if (count === undefined) return vscode.l10n.t('Mark {0} and Retry', marked);
  return vscode.l10n.t('Mark {0} and PXE-Boot {1}', marked, count);
}

/** Whether fewer nodes may be booted: the management server skips those that it has already booted. */
function isUpTo({ plan }: Restarts): boolean {
  const unsure: readonly PlanBasis[] = ['not-known', 'list-only'];
  return plan?.decision.plan !== undefined && unsure.includes(plan.decision.basis);
}
