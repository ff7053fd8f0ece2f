import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { reachabilityNotes } from '@omnia-buildstream/runner/oim/reachability';
import * as vscode from 'vscode';
import { whileAsking } from '../../platform/whileAsking.ts';
import { clock } from '../../platform/clock.ts';
import { say } from '../../platform/say.ts';
import type { DeployFacts } from './deployFacts.ts';

type Asked = Pick<Target, 'bmcIp' | 'hostname'>;

/** Lines that say which BMCs responded, and how long ago they were asked. */
export function reachLines({ bmcs }: Pick<DeployFacts, 'bmcs'>, nodes: readonly Asked[]): string[] {
  return reachabilityNotes(bmcs, nodes, clock.now()).map((note) => wordsOf(note, say));
}

/** Label of the button that checks BMCs before the question is answered. */
export function checkFirst(): string {
  return vscode.l10n.t('Check BMCs First');
}

/** Checks BMCs with a progress notification. Call it only if the user wants it. @throws vscode.CancellationError */
export function askNow({ askBmcs }: Pick<DeployFacts, 'askBmcs'>, nodes: readonly Asked[]): Promise<void> {
  const addresses = nodes.map(({ bmcIp }) => bmcIp.trim()).filter((bmcIp) => bmcIp !== '');
  return whileAsking(vscode.l10n.t('Checking whether BMCs respond'), (signal) => askBmcs(addresses, signal));
}
