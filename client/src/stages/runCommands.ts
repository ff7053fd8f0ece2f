import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { chosenNodes } from './chosenNodes.ts';
import { showPower } from './bmc/powerState.ts';
import { lastImageGroup } from './imageGroup.ts';
import type { StageContext } from './stageContext.ts';
import { hasApi, usualBackend } from '../oim/apiConfiguration.ts';
import { backendsTaking, type EditorBackend, type Limited } from './editorBackends.ts';
import { stageTable } from './stageTable.ts';
import { bmcAddress } from '../nodes/bmcAddress.ts';
import { window } from '../platform/window.ts';

/** Runs a stage on the whole plan. */
export async function runStageCommand(context: StageContext): Promise<void> {
  await start(context, { names: [], failed: false });
}

/** Runs a stage on the nodes that are selected in the view, else on those that the user picks. */
export async function runOnNodes(context: StageContext, args: readonly unknown[]): Promise<void> {
  const nodes = await chosenNodes(context, args, vscode.l10n.t('Run on These Nodes'));
  // Rows that are commented out with "#" are left out, because stages that run here skip them.
  const names = new Set(nodes.filter(({ isCommented }) => isCommented !== true).map(({ bmcIp }) => bmcAddress(bmcIp)));
  if (names.size > 0) await start(context, { names: [...names], failed: false });
}

/** Runs a stage on the nodes that failed before. */
export async function retryFailed(context: StageContext): Promise<void> {
  await start(context, { names: [], failed: true });
}

/** Tests from this computer whether nodes provide what their roles require: the next step after any successful run. */
export async function verifyCommand(context: StageContext): Promise<void> {
  const imageGroup = lastImageGroup(context.state);
  const how = {
    stage: 'validate',
    backend: 'direct',
    names: [],
    failed: false,
    checks: [],
    mapping: undefined,
  } as const;
  await context.start({ ...how, imageGroup: imageGroup === '' ? undefined : imageGroup });
}

export async function showPowerState(context: StageContext, args: readonly unknown[]): Promise<void> {
  const nodes = await chosenNodes(context, args, vscode.l10n.t('Show Power State'));
  if (nodes.length > 0) await showPower(context, nodes);
}

/** The first call finishes the nodes in progress, the second stops immediately. */
export function stopStage({ running }: StageContext): void {
  const { current } = running;
  if (current === undefined) throw refused(vscode.l10n.t('No stage is running.'));
  if (running.isFollowing) {
    current.press();
    const left = vscode.l10n.t('You stop following the stage. It keeps running on the management server.');
    window.setStatusBarMessage(left, 10_000);
    return;
  }
  const text =
    current.press() === 'finishing'
      ? vscode.l10n.t(
          'Finishing nodes in progress; no new nodes are started. Run Stop Stage again to stop immediately.',
        )
      : vscode.l10n.t('Stopping immediately. The next run continues from here.');
  window.setStatusBarMessage(text, 10_000);
}

async function start(context: StageContext, which: Pick<Limited, 'names' | 'failed'>): Promise<void> {
  const limited = { ...which, checks: [] };
  const backend = await chooseBackend(limited);
  if (backend === undefined) return;
  const { ask, stages } = stageTable[backend];
  const request = await ask(context, limited, stages);
  if (request !== undefined) await context.start(request);
}

/** Asks where to run the stage if there is a choice. Undefined if the user cancels. */
async function chooseBackend(limited: Limited): Promise<EditorBackend | undefined> {
  const backends = backendsTaking(undefined, limited, usualBackend());
  if (!hasApi() || backends.length < 2) return backends[0];
  const items = backends.map((backend) => {
    const { label, detail } = stageTable[backend];
    return { label: label(), detail: detail(), backend };
  });
  return (await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage: Choose Where to Run It') }))?.backend;
}
