import type { RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { marksOf, type ListVersion } from '@omnia-buildstream/core/history/listMarks';
import { timelineOf, type Timeline } from '@omnia-buildstream/core/history/timeline';
import type { Machine } from '../machine.ts';
import type { HistoryPlace } from './historyPlace.ts';
import { readRuns } from './readRuns.ts';

/** Maximum number of versions of failed_nodes.json that are read. */
export const mostVersions = 20;

/**
 * The newest runs of a project as a timeline.
 * @param versions versions of failed_nodes.json in git, newest first; if there are `mostVersions`, the oldest only
 * serves as the base of comparison
 * @throws what the file system throws for the folder
 */
export async function readTimeline(
  place: HistoryPlace,
  machine: Pick<Machine, 'fs'>,
  mostRuns: number,
  versions: readonly ListVersion[],
): Promise<Timeline> {
  const runs: RunHistory[] = [];
  const unreadable: string[] = [];
  for await (const one of readRuns(place, machine)) {
    if (one.kind === 'read') runs.push(one.run);
    else unreadable.push(one.file);
    if (runs.length + unreadable.length === mostRuns) break;
  }
  const oldest = versions.length < mostVersions ? undefined : versions.at(-1);
  const marks = marksOf(oldest === undefined ? versions : versions.slice(0, -1), oldest?.text ?? '');
  return { ...timelineOf(runs), marks, unreadable };
}
