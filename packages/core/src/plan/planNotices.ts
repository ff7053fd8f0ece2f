import type { Phrase } from '../text/phrase.ts';
import { joined, obstacleParams } from './changeTexts.ts';
import type { RestartObstacle } from './obstacles.ts';
import type { PlannedNode, PlanNotice } from './plan.ts';
import { noticeTexts } from './planTexts.ts';
import { rowChanges } from './rowChanges.ts';
import type { Target } from './targets.ts';
import { strip } from '../text/pythonText.ts';

/**
 * What a changed mapping file does besides booting nodes, the most serious first.
 * @param given further files that the deploy stage had, which may have nodes that left `before` already
 */
export function changeNotices(
  before: readonly Target[],
  after: readonly Target[],
  given: readonly (readonly Target[])[] = [],
): PlanNotice[] {
  const { moved } = rowChanges(before, after);
  const all = [before, ...given].flatMap((rows) => rowChanges(rows, after).retired);
  const retired = [...new Map(all.map((one) => [one.target.hostname, one])).values()];
  const gone = retired.filter(({ role }) => role === '').map(({ target }) => target.hostname);
  const changed = retired.filter(({ role }) => role !== '').map(({ target, role }) => `${target.hostname} (${role})`);
  const places = moved.map(({ hostname }) => hostname);
  return [...named('retired-row', gone), ...named('retired-role', changed), ...named('rows-moved', places)];
}

/** Nodes that leave the mapping file without further consequences: none of them is a Slurm worker. */
export function removalNotices(before: readonly Target[], after: readonly Target[]): PlanNotice[] {
  const { removed } = rowChanges(before, after);
  return named(
    'removed-row',
    removed.map(({ hostname }) => hostname),
  );
}

/** The consequences of removing these rows from a file; each of them is named. */
export function leavingNotices(rows: readonly Target[], leaving: ReadonlySet<Target>): PlanNotice[] {
  const staying = rows.filter((row) => !leaving.has(row));
  const retired = changeNotices(rows, staying).filter(({ kind }) => kind !== 'rows-moved');
  const drained = new Set(rowChanges(rows, staying).retired.map(({ target }) => target));
  const others = [...leaving].filter((row) => !drained.has(row));
  return [
    ...retired,
    ...named(
      'removed-row',
      others.map(({ hostname, bmcIp }) => (hostname === '' ? strip(bmcIp) : hostname)),
    ),
  ];
}

export function obstacleNotices(obstacles: readonly RestartObstacle[]): PlanNotice[] {
  return obstacles.map((obstacle) => ({ kind: obstacle.kind, ...obstacleParams(obstacle) }));
}

/** A notice for a stage whose notes are phrases. */
export function noticePhrase({ kind, ...params }: PlanNotice): Phrase {
  return { message: noticeTexts[kind], params };
}

export function commentNotices(nodes: readonly PlannedNode[]): PlanNotice[] {
  const commented = nodes.filter(({ action, target }) => action === 'boot' && target.isCommented === true);
  return named(
    'commented-out',
    commented.map(({ target: { hostname, bmcIp } }) => `${hostname} (${bmcIp})`),
  );
}

type NamingKind = Extract<PlanNotice, { readonly nodes: string }>['kind'];

/** A notice that names nodes; none without any. */
export function named(kind: NamingKind, names: readonly string[]): PlanNotice[] {
  return names.length === 0 ? [] : [{ kind, count: names.length, nodes: joined(names) }];
}
