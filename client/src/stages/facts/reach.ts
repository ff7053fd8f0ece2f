import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { reachabilityNotes } from '@omnia-buildstream/runner/server/reachability';
import * as vscode from 'vscode';
import { whileAsking } from '../../platform/whileAsking.ts';
import { clock } from '../../platform/clock.ts';
import { say } from '../../platform/say.ts';
import type { DeployFacts } from './deployFacts.ts';

/** The nodes whose BMCs have to respond. */
export function bootedNodes(touches: Touches): readonly Target[] {
  const plan = touches.kind === 'restarts' ? touches.plan?.decision.plan : undefined;
  return plan?.nodes.filter(({ action }) => action === 'boot').map(({ target }) => target) ?? [];
}

/** Which BMCs responded, and how long ago they were asked. */
export function reachLines({ bmcs }: Pick<DeployFacts, 'bmcs'>, nodes: readonly Target[]): string[] {
  return reachabilityNotes(bmcs, nodes, clock.now()).map((note) => wordsOf(note, say));
}

/** The button that asks first. */
export function checkFirst(): string {
  return vscode.l10n.t('Check BMCs First');
}

/** Only when the user wants it. @throws vscode.CancellationError */
export function askNow({ askBmcs }: Pick<DeployFacts, 'askBmcs'>, nodes: readonly Target[]): Promise<void> {
  const addresses = nodes.map(({ bmcIp }) => bmcIp.trim()).filter((bmcIp) => bmcIp !== '');
  return whileAsking(vscode.l10n.t('Asking BMCs whether they respond'), (signal) => askBmcs(addresses, signal));
}
