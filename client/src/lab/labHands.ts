import type { LabConnection } from '@omnia-buildstream/core/lab/connection';
import * as vscode from 'vscode';
import { controlRequest } from './controlRequest.ts';
import { lacking } from '../errors/lacking.ts';
import { window } from '../platform/window.ts';

/** A node of the lab, as its control server reports it. */
interface LabNode {
  readonly hostname: string;
  readonly bmcIp: string;
  readonly isRunning: boolean;
  readonly isFaulty: boolean;
}

export type HandAction = 'repair' | 'boot';

/** Lets the user pick lab nodes, faulty ones first, and repairs or boots them as hands in a machine room would. */
export async function useHands(action: HandAction, { control }: LabConnection): Promise<void> {
  const nodes = (await ask(control, 'GET', '/nodes')) as readonly LabNode[];
  const ordered = [...nodes.filter(({ isFaulty }) => isFaulty), ...nodes.filter(({ isFaulty }) => !isFaulty)];
  const items = ordered.map(({ hostname, bmcIp, isFaulty, isRunning }) => ({
    label: hostname,
    description: bmcIp,
    detail: [
      isFaulty ? vscode.l10n.t('BMC fault') : vscode.l10n.t('healthy'),
      isRunning ? vscode.l10n.t('running') : vscode.l10n.t('not running'),
    ].join(', '),
    bmcIp,
  }));
  const title = action === 'boot' ? vscode.l10n.t('Boot Lab Nodes by Hand') : vscode.l10n.t('Repair Lab BMCs');
  const chosen = await window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true });
  if (chosen === undefined || chosen.length === 0) return;
  for (const { bmcIp } of chosen) await ask(control, 'POST', `/nodes/${bmcIp}/${action}`);
  const names = chosen.map(({ label }) => label).join(', ');
  void window.showInformationMessage(
    action === 'boot' ? vscode.l10n.t('Booted by hand: {0}', names) : vscode.l10n.t('Repaired: {0}', names),
  );
}

async function ask(control: LabConnection['control'], method: 'GET' | 'POST', place: string): Promise<unknown> {
  try {
    return await controlRequest(control, method, place);
  } catch {
    throw lacking(vscode.l10n.t('The lab is not responding at {0}. Start it again.', control.url), {
      title: vscode.l10n.t('Start Practice Lab…'),
      command: 'buildstream.startLab',
    });
  }
}
