import * as vscode from 'vscode';
import { offerPin } from '../bmc/bmcCertificate.ts';
import { presentError } from '../../errors/presentError.ts';
import type { StageContext } from '../stageContext.ts';
import { window } from '../../platform/window.ts';

/** A BMC whose certificate was rejected. */
export interface UntrustedBmc {
  readonly bmcIp: string;
}

interface Outcome {
  readonly title: string;
  readonly summary: string;
  readonly isGood: boolean;
  readonly untrusted: readonly UntrustedBmc[];
  readonly port: number;
  /** File with all details, absolute. Undefined if there is none. */
  readonly report: string | undefined;
  /** Verifies that the run had the intended effect. Undefined if not offered. */
  readonly verify: (() => Promise<void>) | undefined;
  /** Whether to offer continuing with some of the nodes. */
  readonly canNarrow: boolean;
}

/** Shows how a run ended, with buttons for possible next steps. */
export async function tellOutcome({ log }: StageContext, outcome: Outcome): Promise<void> {
  const { title, summary, isGood, report, verify, canNarrow } = outcome;
  const message = `${title}: ${summary}`;
  log.info(message);
  if (canNarrow && outcome.untrusted.length === 0) {
    const narrow = vscode.l10n.t('Select Nodes…');
    if ((await window.showWarningMessage(message, narrow)) === narrow) {
      await vscode.commands.executeCommand('buildstream.runOnNodes');
    }
    return;
  }
  if (!isGood && report === undefined) {
    await offerCertificates(message, outcome, log);
    return;
  }
  const open = vscode.l10n.t('Open Report');
  const look = vscode.l10n.t('Verify');
  const ways = [...(report === undefined ? [] : [open]), ...(verify === undefined ? [] : [look])];
  const tell = isGood ? window.showInformationMessage : window.showWarningMessage;
  const chosen = await tell(message, ...ways);
  if (chosen === open && report !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(report));
  if (chosen === look) await verify?.();
}

/** Shows a warning that offers to show and pin the certificates of these BMCs, one at a time. */
export async function offerCertificates(
  message: string,
  { untrusted, port }: Pick<Outcome, 'untrusted' | 'port'>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const show = vscode.l10n.t('Show Certificate');
  const ways = untrusted.length === 0 ? [] : [show];
  if ((await window.showWarningMessage(message, ...ways)) !== show) return;
  try {
    for (const { bmcIp } of untrusted) if (!(await offerPin(bmcIp, port))) return;
  } catch (error) {
    await presentError(error, log);
  }
}
