import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { cannotRun } from '../../cannotRun.ts';
import type { RunOptions } from './options.ts';

/**
 * --yes agrees to a plan that nobody has read. It does not agree to restarting nodes that may run jobs because Omnia
 * has run and nothing here shows which rows it booted: these have to be named, or a person is asked.
 * @throws UserError
 */
export function refuseUnreadGuess(
  { yes, names }: Pick<RunOptions, 'yes' | 'names'>,
  { restart, ofRun }: Pick<PreparedRestart, 'restart' | 'ofRun'>,
): void {
  if (!yes || names.length > 0 || restart?.basis !== 'list-only-here') return;
  const count = ofRun.nodes.filter(({ planned: { reason } }) => reason === 'not-known').length;
  if (count === 0) return;
  throw cannotRun(
    'arguments',
    `Nothing was touched: it is unknown here whether some of these nodes (${String(count)}) are booted, and --yes does not decide that. Use --failed, name nodes with --nodes, commit the mapping file of the last run, or leave out --yes.`,
  );
}
