import * as vscode from 'vscode';
import type { OfferedStage } from './stageDefinition.ts';
import { window } from '../platform/window.ts';

/** More than these nobody reads in a dialogue; the terminal has all. */
const maxListed = 15;

/** A node that a stage is about to touch. */
interface TouchedNode {
  readonly hostname: string;
  readonly bmcIp: string;
  /** In the user's language. */
  readonly why: string;
}

type Way = Pick<OfferedStage, 'button' | 'carryOut'>;

/** Asks before anything is touched, with what will be, as often as the user finds out something first. Resolves to the way that was chosen; undefined for a no. */
export async function confirmStage(
  offered: Pick<OfferedStage, 'notes' | 'question' | 'others' | 'first'> & Way,
  nodes: readonly TouchedNode[],
): Promise<Way | undefined> {
  const { question, first } = offered;
  let { notes } = offered;
  const listed = nodes.slice(0, maxListed).map(({ hostname, bmcIp, why }) => {
    return `${hostname} (${bmcIp}): ${why}`;
  });
  const more = nodes.length - listed.length;
  if (more > 0) listed.push(vscode.l10n.t('… and {0} more; the terminal lists all of them.', more));
  const ways = [offered, ...offered.others];
  const buttons = [...ways, ...(first === undefined ? [] : [first])].map(({ button }) => button);
  for (;;) {
    const answer = await window.ask(question, [listed, ...notes], ...buttons);
    if (first === undefined || answer !== first.button) return ways.find(({ button }) => button === answer);
    notes = await first.notes();
  }
}
