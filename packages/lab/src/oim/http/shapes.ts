import { architecturesOf, type LabImageGroup } from '../imageGroups.ts';
import { publicStates, type LabOimJob } from '../jobs.ts';
import type { OimGeneration } from '../generation.ts';
import type { LabStage } from '../stages.ts';

type Shape = Readonly<Record<string, unknown>>;

interface Asked {
  readonly correlationId: string;
  readonly generation: OimGeneration;
  /** The job's image group. Undefined if none was built. */
  readonly group: LabImageGroup | undefined;
}

/** A job as GET returns it. Stages are sorted by name. */
export function jobShape(job: LabOimJob, { correlationId, generation, group }: Asked): Shape {
  const architectures = group === undefined ? [] : architecturesOf(group);
  const isShown = ({ name }: LabStage): boolean => {
    const arch = /^build-image-(.+)$/.exec(name)?.[1];
    return arch === undefined || architectures.length === 0 || architectures.includes(arch);
  };
  return {
    job_id: job.id,
    correlation_id: correlationId,
    job_state: publicStates[job.state],
    created_at: twoZones(job.createdAt),
    updated_at: twoZones(job.updatedAt),
    tombstone: false,
    stages: job.stages.filter(isShown).map((stage) => stageShape(stage, generation)),
    state_timestamps: Object.fromEntries([...job.stateTimes].map(([state, time]) => [state, twoZones(time)])),
  };
}

/** A job as returned to the client that creates it: with the internal name of its state. */
export function newJobShape(job: LabOimJob, correlationId: string): Shape {
  return {
    job_id: job.id,
    correlation_id: correlationId,
    job_state: job.state,
    created_at: oneZone(job.createdAt),
    stages: job.stages.map(briefStage),
  };
}

function stageShape(stage: LabStage, { tellsDetails }: OimGeneration): Shape {
  const common = { ...briefStage(stage), log_file_path: stage.logFile ?? null };
  if (!tellsDetails) return common;
  return { ...common, attempt: stage.attempt, result_detail: stage.resultDetail ?? null };
}

function briefStage(stage: LabStage): Shape {
  return {
    stage_name: stage.name,
    stage_state: stage.state,
    started_at: twoZones(stage.startedAt),
    ended_at: twoZones(stage.endedAt),
    error_code: stage.errorCode ?? null,
    error_summary: stage.errorSummary ?? null,
  };
}

export function groupShape(group: LabImageGroup): Shape {
  return {
    job_id: group.jobId,
    image_group_id: group.id,
    images: group.images.map(({ role, name }) => ({ role, image_name: name })),
    status: group.status,
    created_at: utc(group.createdAt),
    updated_at: utc(group.updatedAt),
  };
}

/** The API's formats for a time; most have two zones (omnia.md section 7). */
export function twoZones(time: Date): string;
export function twoZones(time: Date | undefined): string | null;
export function twoZones(time: Date | undefined): string | null {
  return time === undefined ? null : `${oneZone(time)}Z`;
}

export function utc(time: Date): string {
  return `${microseconds(time)}Z`;
}

function oneZone(time: Date): string {
  return `${microseconds(time)}+00:00`;
}

/** Like Python's isoformat: without a fraction if it is zero. */
function microseconds(time: Date): string {
  const [seconds = '', fraction = ''] = time.toISOString().slice(0, -1).split('.');
  return fraction === '000' ? seconds : `${seconds}.${fraction}000`;
}
