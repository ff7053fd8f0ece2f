import { createHash } from 'node:crypto';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { BmcAccess } from './bmcAccess.ts';
import type { StageEvent } from './stageEvent.ts';

/** What the run of any stage gets, whichever backend carries it out. */
export interface StageRun<Event = StageEvent> {
  readonly emit: (event: Event) => void;
  /** The run as its history names it; absent: it has none. */
  readonly runId?: string;
  /** Aborts: no further node is begun; a stage of the management server is followed no longer. */
  readonly stop: AbortSignal;
  /** Aborts: everything ends at once, the next run goes on. */
  readonly stopAtOnce: AbortSignal;
  /** How these BMCs are reached and as whom. Asked only by who logs in to them, before anything is touched. */
  readonly access: (addresses: readonly string[]) => Promise<BmcAccess>;
}

/** For a stage that logs in to no BMC. */
export type PlainRun<Event = StageEvent> = Omit<StageRun<Event>, 'access'>;

/** Of parts in their order, each told apart from the next. */
export function identityOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${String(part.length)}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}

/** Of a plan without one: what is sent, and what becomes of which node for which reason. */
export function identityOfPlan(plan: Omit<StagePlan, 'identity'>, more: readonly string[] = []): string {
  const { stage, backend, imageGroup, jobId = '', nodes, files } = plan;
  const reasons = nodes.map(({ target: { bmcIp, hostname }, why }) => JSON.stringify([bmcIp, hostname, why]));
  const sent = files.flatMap(({ name, content }) => [name, content]);
  return identityOf([stage ?? '', backend, imageGroup, jobId, ...more, String(nodes.length), ...reasons, ...sent]);
}
