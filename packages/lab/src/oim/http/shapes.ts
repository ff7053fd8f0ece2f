import type { LabImageGroup } from '../imageGroups.ts';
import type { LabJobState, LabOimJob } from '../jobs.ts';
import type { LabStage } from '../stages.ts';

/** The job's states as the API names them to the outside (omnia.md section 7). */
const publicStates: Readonly<Record<LabJobState, string>> = {
  CREATED: 'PENDING',
  IN_PROGRESS: 'RUNNING',
  COMPLETED: 'SUCCEEDED',
  FAILED: 'FAILED',
};

export function jobShape(job: LabOimJob): Readonly<Record<string, unknown>> {
  return {
    job_id: job.id,
    correlation_id: job.correlationId,
    job_state: publicStates[job.state],
    created_at: job.createdAt.toISOString(),
    stages: job.stages.map(stageShape),
  };
}

function stageShape(stage: LabStage): Readonly<Record<string, unknown>> {
  return {
    stage_name: stage.name,
    stage_state: stage.state,
    started_at: doubledZone(stage.startedAt),
    ended_at: doubledZone(stage.endedAt),
    error_code: stage.errorCode ?? null,
    error_summary: stage.errorSummary ?? null,
    log_file_path: stage.logFile ?? null,
    result_detail: stage.resultDetail ?? null,
  };
}

export function groupShape(group: LabImageGroup): Readonly<Record<string, unknown>> {
  return {
    job_id: group.jobId,
    image_group_id: group.id,
    images: group.images.map(({ role, name }) => ({ role, image_name: name })),
    status: group.status,
    created_at: group.createdAt.toISOString(),
    updated_at: group.updatedAt.toISOString(),
  };
}

/** The API writes some times with two zones (omnia.md section 7). */
function doubledZone(time: Date | undefined): string | null {
  return time === undefined ? null : `${time.toISOString().slice(0, -1)}+00:00Z`;
}
