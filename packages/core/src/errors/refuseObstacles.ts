import type { StagePlan } from '../stage/preparedStage.ts';
import { UserError } from './userError.ts';

/** @throws UserError for the first thing that stands in the way */
export function refuseObstacles({ obstacles }: Pick<StagePlan, 'obstacles'>): void {
  const [obstacle] = obstacles;
  if (obstacle !== undefined) throw new UserError(obstacle);
}
