import type { OimGeneration } from './generation.ts';
import type { ImageGroupStatus, LabImageGroup } from './imageGroups.ts';
import { moveJob, type LabOimJob } from './jobs.ts';
import { logFileOf, type LabStage, type OimStageName } from './stages.ts';
import type { StageOutcome } from './stageWork.ts';

interface Ended {
  readonly job: LabOimJob;
  readonly stage: LabStage;
  readonly name: OimStageName;
  readonly number: number;
  readonly group: LabImageGroup | undefined;
}

/**
 * Applies a result as the API's poller does (omnia.md section 7). A stage that is not in progress accepts none. A job
 * changes only while it is IN_PROGRESS, so tests that pass after failed ones leave it FAILED.
 */
export function settle(
  { job, stage, name, number, group }: Ended,
  outcome: StageOutcome,
  { generation, now }: { readonly generation: OimGeneration; readonly now: Date },
): void {
  if (stage.state !== 'IN_PROGRESS') return;
  stage.state = outcome.succeeded ? 'COMPLETED' : 'FAILED';
  stage.endedAt = now;
  stage.resultDetail = outcome.resultDetail;
  stage.logFile = logFileOf(job.id, name, number, stage.startedAt ?? now);
  if (!outcome.succeeded) Object.assign(stage, errorOf(name, outcome, generation));
  const isOfTests = name === 'validate';
  if (job.state === 'IN_PROGRESS' && (!outcome.succeeded || isOfTests)) {
    moveJob(job, outcome.succeeded ? 'COMPLETED' : 'FAILED', now);
  }
  const status = outcome.succeeded ? statusAfter[name] : generation.failsGroup ? 'FAILED' : undefined;
  if (group !== undefined && status !== undefined) Object.assign(group, { status, updatedAt: now });
}

/** Restart does not change its group. */
const statusAfter: Readonly<Record<OimStageName, ImageGroupStatus | undefined>> = {
  deploy: 'DEPLOYED',
  restart: undefined,
  validate: 'PASSED',
};

function errorOf(
  name: OimStageName,
  { errorCode, summary }: StageOutcome,
  { logHint }: OimGeneration,
): Pick<LabStage, 'errorCode' | 'errorSummary'> {
  if (errorCode !== undefined) return { errorCode, errorSummary: summary };
  if (name === 'validate') return { errorCode: 'PLAYBOOK_FAILED', errorSummary: summary };
  return { errorCode: 'PLAYBOOK_EXECUTION_FAILED', errorSummary: `Playbook exited with code 2${logHint}` };
}
