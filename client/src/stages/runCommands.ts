import { refused } from '@omnia-buildstream/core/errors/userError';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { chooseApiStage, chooseBackend } from './server/startOnApi.ts';
import { chosenNodes } from './chosenNodes.ts';
import { showPower } from './bmc/powerState.ts';
import { engineSettings } from './settings/engineConfiguration.ts';
import { askImageGroup, listedImageGroups } from './imageGroup.ts';
import type { StageContext } from './stageContext.ts';
import type { StageDefinition } from './stageDefinition.ts';
import { stageTable } from './stageTable.ts';
import type { StageRequest } from './taskDefinition.ts';
import { bmcAddress } from '../nodes/bmcAddress.ts';
import { window } from '../platform/window.ts';

type Which = Pick<StageRequest, 'names' | 'failed'>;

/** Runs a stage over the whole plan. */
export async function runStageCommand(context: StageContext): Promise<void> {
  await start(context, { names: [], failed: false });
}

/** Runs a stage over the nodes that are selected in the view, or that the user ticks. */
export async function runOnNodes(context: StageContext, args: readonly unknown[]): Promise<void> {
  const nodes = await chosenNodes(context, args, vscode.l10n.t('Run on These Nodes'));
  // A stage from here knows what a row behind "#" means.
  const names = new Set(nodes.filter(({ isCommented }) => isCommented !== true).map(({ bmcIp }) => bmcAddress(bmcIp)));
  if (names.size > 0) await start(context, { names: [...names], failed: false });
}

/** Runs a stage over the nodes that failed before. */
export async function retryFailed(context: StageContext): Promise<void> {
  await start(context, { names: [], failed: true });
}

export async function showPowerState(context: StageContext, args: readonly unknown[]): Promise<void> {
  const nodes = await chosenNodes(context, args, vscode.l10n.t('Show Power State'));
  if (nodes.length > 0) await showPower(context, nodes);
}

/** The first press finishes the nodes under way, the second ends everything. */
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

async function start(context: StageContext, which: Which): Promise<void> {
  // The management server takes no selection of nodes.
  const backend = which.names.length > 0 || which.failed ? 'direct' : await chooseBackend();
  if (backend === undefined) return;
  if (backend === 'oim') {
    const asked = await chooseApiStage(await currentMapping(context));
    if (asked !== undefined) await context.start(asked);
    return;
  }
  const stage = await chooseStage(which);
  if (stage === undefined) return;
  const mapping = await currentMapping(context);
  const groups = await listedImageGroups(engineSettings(vscode.Uri.file(mapping)), projectFolderOf(mapping));
  const imageGroup = await askImageGroup(context.state, groups);
  if (imageGroup === undefined) return;
  // The terminal of the task shows the plan and asks.
  const request = { ...which, stage: stage.name, backend, imageGroup, checks: [], mapping };
  await context.start(request);
}

async function currentMapping({ nodes }: StageContext): Promise<string> {
  const mapping = (await nodes.refresh())?.mappingUri ?? undefined;
  if (mapping === undefined) throw refused(vscode.l10n.t('There is no PXE mapping file here.'));
  return vscode.Uri.parse(mapping).fsPath;
}

/** Only stages that can be limited to what is meant. */
async function chooseStage({ names, failed }: Which): Promise<StageDefinition | undefined> {
  const fitting = stageTable.direct.filter(
    ({ takes }) => (names.length === 0 || takes.names) && (!failed || takes.failed),
  );
  const [only, ...others] = fitting;
  if (others.length === 0) return only;
  const items = fitting.map((stage) => ({ label: stage.title(), detail: stage.description(), stage }));
  return (await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage From This Computer') }))?.stage;
}
