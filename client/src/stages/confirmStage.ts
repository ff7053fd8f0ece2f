import * as vscode from 'vscode';
import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import type { OfferedStage, StageWay } from './stageDefinition.ts';
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

/** The way that was chosen, and all that was answered. */
interface Agreed {
  readonly way: StageWay;
  readonly answers: readonly Answer[];
}

/** Asks before anything is touched, with what will be, as often as the user finds out something first. Resolves to the way that was chosen; undefined for a no. */
export async function confirmStage(
  offered: Pick<OfferedStage, 'notes' | 'question' | 'others' | 'first'> & StageWay,
  nodes: readonly TouchedNode[],
): Promise<Agreed | undefined> {
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
    if (first === undefined || answer !== first.button) {
      const way = ways.find(({ button }) => button === answer);
      return way === undefined ? undefined : askFurther(way, [{ question, answer: way.button }]);
    }
    notes = await first.notes();
  }
}

/** Asks by itself about what the way asks by itself. */
async function askFurther(way: StageWay, answers: readonly Answer[]): Promise<Agreed | undefined> {
  const { further } = way;
  if (further === undefined) return { way, answers };
  const { question, detail, button, without } = further;
  const answer = await window.ask(question, detail, button, ...(without === undefined ? [] : [without.button]));
  const chosen = answer === button ? way : answer === without?.button ? without : undefined;
  return chosen === undefined ? undefined : { way: chosen, answers: [...answers, { question, answer: answer ?? '' }] };
}
