import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { cannotRun } from '../../cannotRun.ts';
import { confirm } from '../../confirm.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import type { RunOptions } from './options.ts';

type Agreed = Pick<RunOptions, 'yes' | 'includeControl'>;

/**
 * Control nodes and protected nodes are confirmed by stating their maximum number, or at a terminal: --yes, which
 * agrees unread, does not cover them. @throws UserError
 */
export function refuseUnreadControl(
  { yes, includeControl }: Agreed,
  { control }: Pick<PreparedRestart, 'control'>,
): void {
  const count = control?.nodes.length ?? 0;
  if (includeControl === undefined ? count === 0 || !yes : count <= includeControl) return;
  const names = (control?.nodes ?? []).map(({ target }) => target.hostname).join(', ');
  const what = `Control nodes and protected nodes among these (${String(count)}): ${names}.`;
  const how =
    includeControl === undefined
      ? '--yes does not cover them: add --include-control with their number, select other nodes with --nodes, or leave out --yes.'
      : `--include-control covers ${String(includeControl)} of them.`;
  throw cannotRun('arguments', plainLine(`Nothing was touched: ${what} ${how}`));
}

/** What is run after the question about control nodes. */
export interface AgreedRestart {
  readonly prepared: PreparedRestart;
  readonly answers: readonly Answer[];
  /** Hostnames of the nodes that are left out: because of the answer, or because jobs are running on them. */
  readonly leftOut: readonly string[];
}

/** Asks about control nodes and protected nodes separately; a no leaves them out, and the others are restarted. */
export async function agreeControl(
  { includeControl }: Agreed,
  prepared: PreparedRestart,
  people: Io['stdout'],
  io: Io,
): Promise<AgreedRestart> {
  const { control } = prepared;
  const busy = prepared.leftOut.map(({ target }) => target.hostname);
  if (control === undefined) return { prepared, answers: [], leftOut: busy };
  const count = control.nodes.length;
  const question = `Restart ${count === 1 ? 'this control node' : `these ${String(count)} control nodes`} as well?`;
  if (includeControl !== undefined) {
    return { prepared, answers: [{ question, answer: `--include-control ${String(includeControl)}` }], leftOut: busy };
  }
  await people.write(control.notes.map((note) => `${plainLine(wordsOf(note))}\n`).join(''));
  if (await confirm(question, false, io)) return { prepared, answers: [{ question, answer: 'yes' }], leftOut: busy };
  const leftOut = [...control.nodes.map(({ target }) => target.hostname), ...busy];
  return { prepared: prepared.withoutControl(), answers: [{ question, answer: 'no' }], leftOut };
}

/** How a run ends: nodes that were left out are listed once more, and are no more booted than those that failed. */
export async function endOfRestart(
  { failed, notTried }: Pick<RestartSummary, 'failed' | 'notTried'>,
  { leftOut }: Pick<AgreedRestart, 'leftOut'>,
  people: Io['stdout'],
): Promise<ExitCode> {
  if (leftOut.length > 0) {
    const names = plainLine(leftOut.join(', '));
    await people.write(`Left out, and not restarted: ${names}. The same command checks these nodes again.\n`);
  }
  return failed + notTried + leftOut.length === 0 ? exitCodes.ok : exitCodes.notAllDone;
}
