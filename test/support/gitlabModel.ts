import { readBridge, readJob, type Bridge, type Job } from '@omnia-buildstream/gitlab/model/job';
import { readPipeline, type Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { buildTree, type PipelineAnswers } from '@omnia-buildstream/gitlab/tree/build';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** A pipeline as GitLab would send it, with the minimum of fields. */
export function pipeline(id: number, status: string, more: Readonly<Record<string, unknown>> = {}): Pipeline {
  return readPipeline({ id, status, ref: 'main', sha: 'a'.repeat(40), ...more });
}

/** `restart:failed`, `select_a?:manual` (allowed to fail); the stage is the name unless given after `@`. */
export function job(id: number, text: string, pipelineId: number, more: Readonly<Record<string, unknown>> = {}): Job {
  return readJob({ ...fields(id, text, pipelineId), ...more });
}

export function bridge(id: number, text: string, pipelineId: number, child: Pipeline | undefined): Bridge {
  return { ...readBridge(fields(id, text, pipelineId)), downstream: child };
}

function fields(id: number, text: string, pipelineId: number): Record<string, unknown> {
  const [, name = '', stage, optional, status] = /^([^:@?]+)(?:@([^:?]+))?(\?)?:(.+)$/.exec(text) ?? [];
  return {
    id,
    name,
    stage: stage ?? name,
    status,
    allow_failure: optional === '?',
    pipeline: { id: pipelineId, status: 'running' },
  };
}

/** An Omnia deploy run: router 1, deploy pipeline 2, child 3. */
export function deployTree(...run: Parameters<typeof deployAnswers>): PipelineNode {
  const tree = buildTree(1, deployAnswers(...run));
  if (tree === undefined) throw new Error('no tree');
  return tree;
}

/** The same run as GitLab's answers for each of its pipelines. */
export function deployAnswers(
  childStatus: string,
  childJobs: readonly string[],
  {
    parentJobs = ['list_images:success'],
    rootStatus = childStatus,
  }: { parentJobs?: string[]; rootStatus?: string } = {},
): ReadonlyMap<number, PipelineAnswers> {
  const child = pipeline(3, childStatus);
  const deploy = pipeline(2, rootStatus);
  return new Map<number, PipelineAnswers>([
    [
      1,
      {
        pipeline: pipeline(1, rootStatus),
        jobs: [],
        bridges: [bridge(10, 'trigger_deploy@trigger:running', 1, deploy)],
      },
    ],
    [
      2,
      {
        pipeline: deploy,
        jobs: parentJobs.map((text, index) => job(20 + index, text, 2)),
        bridges: [
          bridge(
            29,
            `child@trigger_deploy:${childJobs.length === 0 ? 'skipped' : triggerStatus(childStatus)}`,
            2,
            childJobs.length === 0 ? undefined : child,
          ),
        ],
      },
    ],
    [3, { pipeline: child, jobs: childJobs.map((text, index) => job(30 + index, text, 3)), bridges: [] }],
  ]);
}

/** Status of a trigger job that depends on its child. */
function triggerStatus(childStatus: string): string {
  return ['success', 'failed', 'canceled'].includes(childStatus) ? childStatus : 'running';
}

/** The jobs of a child pipeline in their stages: select_a, select_b, deploy, restart, validate, summary. */
export function childJobs(states: Readonly<Partial<Record<string, string>>>): string[] {
  const stages = [
    ['select_a', 'select_image?', 'manual'],
    ['select_b', 'select_image?', 'manual'],
    ['deploy', 'deploy', 'manual'],
    ['restart', 'restart', 'created'],
    ['validate', 'validate', 'created'],
    ['summary', 'summary', 'created'],
  ] as const;
  return stages.map(([name, stage, status]) => `${name}@${stage}:${states[name] ?? status}`);
}
