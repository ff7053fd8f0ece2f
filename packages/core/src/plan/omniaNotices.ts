import type { DecidedRestart } from './decideRestart.ts';
import type { RestartObstacle } from './obstacles.ts';
import { named, obstacleNotices } from './planNotices.ts';
import { switchNotices, switchObstacles, withSwitches, type PxeSwitches } from './pxeSwitches.ts';
import type { Target } from './targets.ts';

/** What Omnia's own restart stage would make of the file, for a plan of nodes that are restarted from here. */
export function withOmniaNotices(
  decided: DecidedRestart,
  rows: readonly Target[],
  obstacles: readonly RestartObstacle[],
  switches: PxeSwitches | undefined,
): DecidedRestart {
  const commented = rows.filter(({ isCommented }) => isCommented === true);
  const names = commented.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`);
  const notices = [
    ...named('commented-elsewhere', names),
    ...obstacleNotices([...obstacles, ...switchObstacles(switches)]),
    ...switchNotices(withSwitches(decided.plan, switches), switches),
  ];
  if (notices.length === 0) return decided;
  return { ...decided, plan: { ...decided.plan, notices: [...notices, ...decided.plan.notices] } };
}
