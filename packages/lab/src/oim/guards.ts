import type { AfterPassed } from '@omnia-buildstream/core/lab/connection';
import { deployable, type LabImageGroup } from './imageGroups.ts';
import { findStage, stageOf, type LabOimJob } from './jobs.ts';
import { Refusal } from './refusal.ts';
import type { LabStage, OimStageName } from './stages.ts';

/**
 * What the API checks before it starts a stage, in this order (omnia.md section 7). Restart checks nothing but itself:
 * its caller has to keep the order of the stages.
 */
export interface Order {
  readonly job: LabOimJob;
  readonly group: LabImageGroup | undefined;
  /** The image group that a deploy request names. */
  readonly imageGroupId: string;
  readonly afterPassed: AfterPassed;
}

/** @throws Refusal */
export function guard(name: OimStageName, order: Order): void {
  if (name === 'deploy') guardDeploy(order);
  if (name === 'validate') demandCompleted(order.job, 'restart', stageOf(order.job, 'restart').state);
  demandIdle(order.job, stageOf(order.job, name));
}

function guardDeploy({ job, group, imageGroupId, afterPassed }: Order): void {
  demandBuilt(job);
  if (group === undefined) throw new Refusal(404, 'IMAGE_GROUP_NOT_FOUND', 'ImageGroup not found: unknown');
  if (group.id !== imageGroupId) {
    const difference = `does not match expected '${group.id}'`;
    throw new Refusal(409, 'IMAGEGROUP_MISMATCH', `Supplied image_group_id '${imageGroupId}' ${difference}`);
  }
  if (group.status === 'PASSED' && afterPassed === 'taken-up') return;
  if (deployable.includes(group.status)) return;
  const required = deployable.map((status) => `'${status}'`).join(', ');
  const message = `ImageGroup status is '${group.status}', required: [${required}]`;
  throw new Refusal(412, 'PRECONDITION_FAILED', message);
}

/** 2.2 builds by architecture, 2.3 in a single stage. */
function demandBuilt(job: LabOimJob): void {
  const single = findStage(job, 'build-image');
  if (single !== undefined) {
    if (single.state !== 'COMPLETED') demandCompleted(job, 'build-image', single.state);
    return;
  }
  const [x86, arm] = ['x86_64', 'aarch64'].map((arch) => findStage(job, `build-image-${arch}`)?.state ?? 'NOT_FOUND');
  if (x86 === 'COMPLETED' || arm === 'COMPLETED') return;
  const states = `x86_64: ${String(x86)}, aarch64: ${String(arm)}`;
  demandCompleted(job, 'build-image-x86_64 or build-image-aarch64', states);
}

function demandCompleted(job: LabOimJob, upstream: string, state: string): void {
  if (state === 'COMPLETED') return;
  const message = `Upstream stage '${upstream}' must be COMPLETED (current state: ${state}) for job '${job.id}'`;
  throw new Refusal(412, 'UPSTREAM_STAGE_NOT_COMPLETED', message);
}

function demandIdle({ id }: LabOimJob, { name, state }: LabStage): void {
  if (state !== 'IN_PROGRESS') return;
  const message = `Invalid Stage state transition from IN_PROGRESS to IN_PROGRESS for ${id}/${name}`;
  throw new Refusal(409, 'INVALID_STATE_TRANSITION', message);
}
