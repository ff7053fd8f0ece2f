import type { OmniaVersion } from '../mapping/versions.ts';
import { decideDirect, hasRun, type EngineSide } from '../plan/decideDirect.ts';
import { decideRestart, type RestartDecision } from '../plan/decideRestart.ts';
import type { FailedList } from '../plan/failedList.ts';
import type { RestartObstacle } from '../plan/obstacles.ts';
import { withOmniaNotices } from '../plan/omniaNotices.ts';
import type { PxeSwitches } from '../plan/pxeSwitches.ts';
import { targetsFromHere, type Target } from '../plan/targets.ts';

/** What is known about the nodes of a project besides its mapping file: all facts that decide, by their source. */
export interface KnownRuns {
  readonly list: FailedList;
  /** Rows of the committed mapping file; undefined: not known. */
  readonly committed: readonly Target[] | undefined;
  /** Of the stage engine's state folder; undefined: none, or it cannot be read. */
  readonly engine: EngineSide | undefined;
}

interface About extends KnownRuns {
  readonly rows: readonly Target[];
  readonly version: OmniaVersion;
  readonly imageGroup: string;
  /** What ends the stage of Omnia before it boots a node. */
  readonly obstacles?: readonly RestartObstacle[];
  /** Omnia's settings of a restart. */
  readonly switches?: PxeSwitches | undefined;
}

/**
 * What the restart stage does, as far as the files of a project show: where the stage engine has run here, as a restart
 * from here would, by its state and by what Omnia left; otherwise by what Omnia left alone. The plan, the Nodes view,
 * hovers and lenses all ask here.
 */
export function decideProject(about: About): RestartDecision {
  const { rows, version, imageGroup, list, committed, engine, obstacles, switches } = about;
  if (engine === undefined || !hasRun(engine)) {
    return decideRestart({ rows, version, imageGroup, list, committed, obstacles, switches });
  }
  const omnia = { file: '', list, committed: committed === undefined ? undefined : targetsFromHere(committed) };
  const decided = decideDirect({ rows: targetsFromHere(rows), version, imageGroup, own: engine, omnia });
  return decided.plan === undefined ? decided : withOmniaNotices(decided, rows, obstacles ?? [], switches);
}
