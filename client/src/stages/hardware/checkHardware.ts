import path from 'node:path';
import { fillEdits, type HardwareFinding } from '@omnia-buildstream/core/hardware/compare';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { BmcManager } from '@omnia-buildstream/engine/ports/managedBmc';
import { readHardware, type SeenInventory } from '@omnia-buildstream/runner/hardware';
import type { AskedBmc } from '@omnia-buildstream/runner/managedBmcs';
import * as vscode from 'vscode';
import { isMappingFile } from '../../language/mappingFiles.ts';
import { whileAsking } from '../../platform/whileAsking.ts';
import { window } from '../../platform/window.ts';
import { machine } from '../machine.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';
import type { HardwareProblems } from './hardwareProblems.ts';
import { offerFilled } from './showFilled.ts';

/**
 * Reads the hardware of each row from its BMC and shows differences as problems of the mapping file. Changes no BMC.
 * Empty cells are filled in only if the user agrees after seeing both versions of the file side by side.
 */
export async function checkHardware(
  context: StageContext,
  problems: HardwareProblems,
  args: readonly unknown[],
): Promise<void> {
  const file = await requestFile(mappingOf(args), context.nodes);
  const { version } = projectOf(file);
  const targets = targetsOf(file.text, version).filter(({ bmcIp }) => bmcIp !== '');
  const addresses = [...new Set(targets.map(({ bmcIp }) => bmcIp))];
  if (addresses.length === 0) throw refused(vscode.l10n.t('No row of the mapping file has a BMC_IP.'));
  const bmcs = await context.logins.clientFor(addresses, {
    one: vscode.l10n.t('Log in to 1 BMC to read its hardware?'),
    several: (count) => vscode.l10n.t('Log in to {0} BMCs to read their hardware?', count),
  });
  if (bmcs === undefined) return;
  const seen = await readMachines(bmcs, targets, addresses.length);
  const document = await vscode.workspace.openTextDocument(file.uri);
  const findings = problems.set(document, { version, seen });
  await tell(context, document, findings);
}

/** The file that the command names, else the one in the active editor. Undefined for the one in the Nodes view. */
export function mappingOf([given]: readonly unknown[]): string | undefined {
  if (given instanceof vscode.Uri) return given.fsPath;
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isMappingFile(document) ? document.uri.fsPath : undefined;
}

/** Reads hardware with a progress notification that the user can cancel. @throws vscode.CancellationError */
export function readMachines(
  bmcs: BmcManager,
  targets: readonly AskedBmc[],
  total: number,
): Promise<ReadonlyMap<string, SeenInventory>> {
  return whileAsking(vscode.l10n.t('Reading hardware'), (signal, progress) => {
    let done = 0;
    const onSeen = (): void => {
      progress.report({ message: `${String(++done)}/${String(total)}` });
    };
    return readHardware(targets, { bmcs, clock: machine.clock, signal, onSeen });
  });
}

async function tell(
  { log }: StageContext,
  document: vscode.TextDocument,
  findings: readonly HardwareFinding[],
): Promise<void> {
  const name = path.basename(document.uri.fsPath);
  const edits = fillEdits(findings);
  const away = findings.filter(({ code }) => code === 'not-compared').length;
  const differences = findings.length - away - edits.length;
  const message = [
    differences === 0
      ? vscode.l10n.t('{0}: no row differs from its machine.', name)
      : vscode.l10n.t('{0}: differences from the machines: {1}.', name, differences),
    ...(away === 0 ? [] : [vscode.l10n.t('BMCs that could not be read: {0}.', away)]),
    ...(edits.length === 0 ? [] : [vscode.l10n.t('Empty cells that can be filled in: {0}.', edits.length)]),
  ].join(' ');
  log.info(message);
  const show = vscode.l10n.t('Show Problems');
  const fill = vscode.l10n.t('Fill In…');
  const find = vscode.l10n.t('Find Other BMCs…');
  const buttons = [...(findings.length === 0 ? [] : [show]), ...(edits.length === 0 ? [] : [fill])];
  const inform = differences + away === 0 ? window.showInformationMessage : window.showWarningMessage;
  const chosen = await inform(message, ...buttons, find);
  if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (chosen === fill) await fillIn(document, edits);
  if (chosen === find) await vscode.commands.executeCommand('buildstream.findBmcs', document.uri);
}

async function fillIn(document: vscode.TextDocument, edits: ReturnType<typeof fillEdits>): Promise<void> {
  const name = path.basename(document.uri.fsPath);
  const question =
    edits.length === 1
      ? vscode.l10n.t('Fill in 1 empty cell of {0}?', name)
      : vscode.l10n.t('Fill in {0} empty cells of {1}?', edits.length, name);
  await offerFilled(document, edits, { question, button: vscode.l10n.t('Fill In') });
}
