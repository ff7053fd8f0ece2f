import { createHash } from 'node:crypto';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { BmcAccess } from './bmcAccess.ts';
import type { StageEvent } from './stageEvent.ts';

/** What every stage run gets, whichever backend carries it out. */
export interface StageRun<Event = StageEvent> {
  readonly emit: (event: Event) => void;
  /** ID of the run in its history; absent if it has none. */
  readonly runId?: string;
  /** If aborted, no further node is begun, and a stage of the management server is no longer followed. */
  readonly stop: AbortSignal;
  /** If aborted, everything ends at once; the next run continues. */
  readonly stopAtOnce: AbortSignal;
  /**
   * How these BMCs are reached and with which credentials. Called only by stages that log in to BMCs, before anything
   * is touched.
   */
  readonly access: (addresses: readonly string[]) => Promise<BmcAccess>;
}

/** For a stage that does not log in to BMCs. */
export type PlainRun<Event = StageEvent> = Omit<StageRun<Event>, 'access'>;

/** The identity of a list of parts; the length of each part is included, so that parts do not run together. */
export function identityOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${String(part.length)}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}

/** The identity of a plan that has none yet: it covers what is sent, and which nodes are touched for which reason. */
export function identityOfPlan(plan: Omit<StagePlan, 'identity'>, more: readonly string[] = []): string {
  const { stage, backend, imageGroup, jobId = '', nodes, files } = plan;
  const reasons = nodes.map(({ target: { bmcIp, hostname }, why }) => JSON.stringify([bmcIp, hostname, why]));
  const sent = files.flatMap(({ name, content }) => [name, content]);
  return identityOf([stage ?? '', backend, imageGroup, jobId, ...more, String(nodes.length), ...reasons, ...sent]);
}
