import type { Plan } from '@omnia-buildstream/core/plan/plan';
import { rolloutTexts } from '@omnia-buildstream/core/plan/planTexts';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StopReason } from '@omnia-buildstream/engine/restart/events';
import type { NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { shareText } from '@omnia-buildstream/engine/restart/rollout';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { firstNodes, stoppedBefore } from '@omnia-buildstream/engine/restart/stoppedBefore';

/** Notes for the confirmation: which nodes go first, and when the run stops by itself. */
export function rolloutNotes(
  settings: Pick<RestartSettings, 'rollout' | 'control'>,
  plan: Plan | undefined,
  ofRun: NodesOfRun,
): readonly Phrase[] {
  const { inFlight, maxFailed, maxUnreachable } = settings.rollout;
  if (plan === undefined || ofRun.nodes.length === 0) return [];
  const stopped = stoppedBefore(plan, ofRun, settings);
  if (stopped !== undefined) return [phrase(rolloutTexts.stopsAgain, { why: stopped.said })];
  const first = firstNodes(plan, ofRun, settings);
  const names = first.map(({ planned }) => planned.target.hostname).join(', ');
  return [
    ...(first.length === 0 ? [] : [phrase(rolloutTexts.canary, { count: first.length, nodes: names })]),
    ...(inFlight === undefined ? [] : [phrase(rolloutTexts.inFlight, { count: inFlight })]),
    ...(maxFailed === undefined ? [] : [phrase(rolloutTexts.maxFailed, { share: shareText(maxFailed) })]),
    ...(maxUnreachable === undefined
      ? []
      : [phrase(rolloutTexts.maxUnreachable, { share: shareText(maxUnreachable) })]),
  ];
}

const ofItself: readonly (StopReason | 'at-once' | undefined)[] = [
  'canary-failed',
  'control-failed',
  'too-many-failed',
  'too-many-unreachable',
];

/** How to continue after a run that stopped by itself. */
export function goOnNotes({ stopped }: { readonly stopped: StopReason | 'at-once' | undefined }): readonly Phrase[] {
  return ofItself.includes(stopped) ? [phrase(rolloutTexts.goOn)] : [];
}
