/** What is done about work on nodes, each when it was asked for. Times are milliseconds. */
export interface WorkSettings {
  /** Each node is drained before its restart. */
  readonly drain: boolean;
  /** How long jobs on a drained node are waited for; undefined: they are not. */
  readonly waitMs: number | undefined;
  /** A node that was drained by a run is given back when it has reported, or was left as it was. */
  readonly resume: boolean;
}

export const onlyLook: WorkSettings = { drain: false, waitMs: undefined, resume: false };
