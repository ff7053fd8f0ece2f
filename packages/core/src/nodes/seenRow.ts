import type { Target } from '../plan/targets.ts';

/** A row as somebody saw it. */
export interface SeenRow {
  /** Line from 0. */
  readonly row: number;
  readonly bmcIp: string;
  readonly hostname: string;
}

/** The row where it was seen; else the only one that is like it, as lines above may have come or gone. */
export function seenTarget(rows: readonly Target[], { row, bmcIp, hostname }: SeenRow): Target | undefined {
  const alike = rows.filter((target) => target.bmcIp === bmcIp && target.hostname === hostname);
  return alike.find(({ line }) => line === row) ?? (alike.length === 1 ? alike[0] : undefined);
}
