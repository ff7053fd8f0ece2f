import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { workNotes } from '@omnia-buildstream/runner/workload/workNotes';
import { goOnNotes } from '@omnia-buildstream/runner/rolloutNotes';
import { everyBootNotes } from '@omnia-buildstream/runner/reports';
import { formatTable } from '../../table.ts';
import { durationText } from './progress.ts';

type Finished = Extract<RestartEvent, { readonly type: 'node-finished' }>;

/** The end of a run for people: counts, and a table of the nodes that failed with what to do about each. */
export function summaryText(summary: RestartSummary, failed: readonly Finished[], stateFolder: string): string {
  const { booted, failed: failures, notTried, durationMs, stopped } = summary;
  const left = `${String(notTried)} not ${stopped === 'at-once' ? 'finished' : 'tried'}`;
  const counts = [`${String(booted)} booted`, `${String(failures)} failed`, left];
  const lines = [`${counts.join(', ')} in ${durationText(durationMs)}.`];
  if (failed.length > 0) {
    const rows = failed.map(({ hostname, bmcIp, step, message, advice }) => {
      return [hostname, bmcIp, step ?? '', `${message} ${advice}`];
    });
    lines.push('', formatTable(['NODE', 'BMC_IP', 'STEP', 'WHY AND WHAT TO DO'], rows));
  }
  if (failures > 0) {
    lines.push('', `Failed nodes are listed in ${stateFolder}/failed_nodes.json; the same command tries them again.`);
  }
  for (const note of workNotes(summary)) lines.push('', plainLine(wordsOf(note)));
  for (const note of everyBootNotes(summary)) lines.push('', plainLine(wordsOf(note)));
  for (const note of goOnNotes(summary)) lines.push('', wordsOf(note));
  if (stopped === 'at-once')
    lines.push('', 'Stopped immediately. Nodes that were reset keep booting. Run the same command to continue.');
  return `${lines.join('\n')}\n`;
}
