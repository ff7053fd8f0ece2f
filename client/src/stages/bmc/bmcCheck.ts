import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import type { DirectInput } from '../direct/directInput.ts';
import { preparedRestart } from '../direct/restartStage.ts';
import { window } from '../../platform/window.ts';
import { bootedNow } from './bootedNow.ts';

/**
 * Asks which BMCs must respond before anything is deployed. Checking fewer than all is an explicit choice.
 * @throws UserError, DeclinedError
 */
export async function chooseBmcCheck(input: DirectInput): Promise<BmcCheck> {
  const everyNode = { names: [], failed: false, shard: undefined };
  const hostnames = await bootedNow(() => preparedRestart({ ...input, selection: everyNode }, undefined));
  const few = vscode.l10n.t('BMCs of the nodes that the restart stage would boot now: {0}', hostnames.length);
  const items: (vscode.QuickPickItem & { readonly check: BmcCheck })[] = [
    { label: vscode.l10n.t('All BMCs'), check: { kind: 'all' } },
    ...(hostnames.length === 0 ? [] : [{ label: few, check: { kind: 'only', hostnames } } as const]),
    { label: vscode.l10n.t('No BMC'), check: { kind: 'none' } },
  ];
  const title = vscode.l10n.t('Select BMCs That Must Respond Before Deploying');
  const chosen = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (chosen === undefined) throw new DeclinedError(vscode.l10n.t('Nothing was touched.'));
  return chosen.check;
}

export function bmcCheckNote(check: BmcCheck): string {
  switch (check.kind) {
    case 'all':
      return vscode.l10n.t('All BMCs are checked for a response, without logging in.');
    case 'only':
      return check.hostnames.length === 1
        ? vscode.l10n.t('Only 1 BMC is checked for a response, as you selected.')
        : vscode.l10n.t('Only {0} BMCs are checked for a response, as you selected.', check.hostnames.length);
    case 'none':
      return vscode.l10n.t('No BMC is checked for a response, as you selected.');
  }
}
