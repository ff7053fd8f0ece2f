import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { BridgeNode, JobNode, PipelineNode, StageNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** A pipeline or a child of one. `rootId` names the pipeline at the top. */
export interface RunElement {
  readonly kind: 'run';
  readonly id: string;
  readonly rootId: number;
  readonly pipeline: Pipeline;
  /** Undefined until its jobs were asked for. */
  readonly node: PipelineNode | undefined;
}

export interface StageElement {
  readonly kind: 'stage';
  readonly id: string;
  readonly rootId: number;
  readonly stage: StageNode;
}

export interface JobElement {
  readonly kind: 'job';
  readonly id: string;
  readonly rootId: number;
  readonly entry: JobNode | BridgeNode;
}

/** Stands at the end of the list and shows more of it. */
export interface MoreElement {
  readonly kind: 'more';
  readonly id: 'more';
}

export type PipelineElement = RunElement | StageElement | JobElement | MoreElement;

export function runElement(pipeline: Pipeline, node: PipelineNode | undefined, rootId = pipeline.id): RunElement {
  return { kind: 'run', id: `pipeline-${String(pipeline.id)}`, rootId, pipeline: node?.pipeline ?? pipeline, node };
}

/** What lies below an element whose jobs are loaded. */
export function childrenOf(element: PipelineElement): PipelineElement[] {
  switch (element.kind) {
    case 'run':
      return (element.node?.stages ?? []).map((stage) => ({
        kind: 'stage',
        id: `${element.id}/${stage.name}`,
        rootId: element.rootId,
        stage,
      }));
    case 'stage':
      return element.stage.entries.map((entry) => ({
        kind: 'job',
        id: `job-${String(jobOf(entry).id)}`,
        rootId: element.rootId,
        entry,
      }));
    case 'job': {
      const child = element.entry.kind === 'bridge' ? element.entry.child : undefined;
      return child === undefined ? [] : [runElement(child.pipeline, child, element.rootId)];
    }
    case 'more':
      return [];
  }
}

export function jobOf(entry: JobNode | BridgeNode): Job | Bridge {
  return entry.kind === 'job' ? entry.job : entry.bridge;
}

/** A runner has begun with it. */
export function hasLog({ kind, startedMs }: Job | Bridge): boolean {
  return kind === 'job' && startedMs !== undefined;
}

/** Words for `when` in package.json. */
export function contextOf(element: PipelineElement): string {
  switch (element.kind) {
    case 'run':
      return words({
        pipeline: true,
        child: element.node !== undefined && element.node.depth > 0,
        linked: element.pipeline.webUrl !== undefined,
        retryable: element.node !== undefined && judgeRetryPipeline(element.node).allowed,
      });
    case 'job': {
      const job = jobOf(element.entry);
      return words({
        job: true,
        linked: job.webUrl !== undefined,
        playable: job.status === 'manual',
        configurable: job.status === 'manual' && job.kind === 'job',
        retryable: judgeRetryJob(job).allowed,
        hasLog: hasLog(job),
      });
    }
    default:
      return element.kind;
  }
}

function words(flags: Readonly<Record<string, boolean>>): string {
  return Object.keys(flags)
    .filter((word) => flags[word] === true)
    .join(' ');
}
