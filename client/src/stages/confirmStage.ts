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

interface Asked extends Pick<OfferedStage, 'notes' | 'question' | 'button'> {
  readonly nodes: readonly TouchedNode[];
}

/** Asks before anything is touched, with what will be. */
export async function confirmStage({ nodes, notes, question, button }: Asked): Promise<boolean> {
  const listed = nodes.slice(0, maxListed).map(({ hostname, bmcIp, why }) => {
    return `${hostname} (${bmcIp}): ${why}`;
  });
  const more = nodes.length - listed.length;
  if (more > 0) listed.push(vscode.l10n.t('… and {0} more; the terminal lists all of them.', more));
  return (await window.ask(question, [listed, ...notes], button)) === button;
}
