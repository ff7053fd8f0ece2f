import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { prepareRestart } from '@omnia-buildstream/runner/restart';
import { RunnerError } from '@omnia-buildstream/runner/runnerError';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import * as vscode from 'vscode';
import { Refusal } from '../../platform/refusal.ts';
import { projectTraces } from '../direct/projectTraces.ts';
import { restartStage } from '../direct/restartStage.ts';
import type { StageInput } from '../stageDefinition.ts';
import { window } from '../../platform/window.ts';

/** Asks whose BMCs must answer before anything is deployed: fewer than all is an explicit choice. @throws Refusal */
export async function chooseBmcCheck(input: StageInput): Promise<BmcCheck> {
  const hostnames = await restartedNodes(input);
  const few = vscode.l10n.t('{0} BMCs: those of the nodes that the restart stage would boot now', hostnames.length);
  const items: (vscode.QuickPickItem & { readonly check: BmcCheck })[] = [
    { label: vscode.l10n.t('All BMCs'), check: { kind: 'all' } },
    ...(hostnames.length === 0 ? [] : [{ label: few, check: { kind: 'only', hostnames } } as const]),
    { label: vscode.l10n.t('No BMC'), check: { kind: 'none' } },
  ];
  const title = vscode.l10n.t('Which BMCs Must Answer Before Anything Is Deployed?');
  const chosen = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (chosen === undefined) throw new Refusal(vscode.l10n.t('Nothing was touched.'));
  return chosen.check;
}

export function bmcCheckNote(check: BmcCheck): string {
  switch (check.kind) {
    case 'all':
      return vscode.l10n.t('All BMCs are asked whether they answer, without a login.');
    case 'only':
      return vscode.l10n.t('Only {0} BMCs are asked whether they answer, as you chose.', check.hostnames.length);
    case 'none':
      return vscode.l10n.t('No BMC is asked whether it answers, as you chose.');
  }
}

/** Empty when nobody can tell, because of an error in the file for example: then it is no choice. */
async function restartedNodes(input: StageInput): Promise<readonly string[]> {
  try {
    const state = await openState({ folder: restartStage.stateFolder(input), within: input.project });
    try {
      const selection = { names: [], failed: false, shard: undefined };
      const { nodes } = prepareRestart({ ...input, omnia: await projectTraces(input), selection, state });
      return nodes.nodes.map(({ planned }) => planned.target.hostname);
    } finally {
      await state.close();
    }
  } catch (error) {
    if (error instanceof RunnerError || error instanceof StateError) return [];
    throw error;
  }
}
