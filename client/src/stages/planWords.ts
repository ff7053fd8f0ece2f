import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { basisText, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { StagePlan } from '@omnia-buildstream/runner/preparedStage';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';
import type { TouchedNode } from './stageDefinition.ts';

/** What people should read about a plan before they agree, without the nodes: how many, how sure, what to note. */
export function planNotes({ plan, basis }: DecidedRestart): string[] {
  const notices = plan.notices
    // The management server keeps its state by job, and a job has one image group.
    .filter(({ kind }) => kind !== 'image-group-not-recorded' || basis === 'state')
    .map(({ kind, ...params }) => say(noticeTexts[kind], params));
  return [planHeadline(plan, say), basisText(basis, say), ...notices].filter((text) => text !== '');
}

/** The nodes that a stage touches, each with why. */
export function touchedNodes({ stage, restart, touched }: StagePlan): TouchedNode[] {
  if (restart !== undefined) {
    const boot = restart.plan.nodes.filter(({ action }) => action === 'boot');
    return boot.map(({ target: { hostname, bmcIp }, reason }) => ({ hostname, bmcIp, why: say(reasonTexts[reason]) }));
  }
  const tested = vscode.l10n.t('is tested');
  return touched.map(({ hostname, bmcIp, functionalGroup }) => {
    return { hostname, bmcIp, why: stage === 'validate' ? tested : functionalGroup };
  });
}
