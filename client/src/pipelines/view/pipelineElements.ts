import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { findDeployRun, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type BridgeNode, type JobNode, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

const { selectImage } = stageNames;

/** A pipeline or a child of one. `rootId` is the pipeline at the top. */
export interface RunElement {
  readonly kind: 'run';
  readonly id: string;
  readonly rootId: number;
  readonly pipeline: Pipeline;
  /** Undefined until its jobs are loaded. */
  readonly node: PipelineNode | undefined;
}

export interface JobElement {
  readonly kind: 'job';
  readonly id: string;
  readonly rootId: number;
  readonly entry: JobNode | BridgeNode;
}

/** The images that were not selected, folded because they are rarely needed. */
export interface FoldedElement {
  readonly kind: 'folded';
  readonly id: string;
  readonly rootId: number;
  readonly entries: readonly JobNode[];
}

/** The last element of the list, which loads more pipelines. */
export interface MoreElement {
  readonly kind: 'more';
  readonly id: 'more';
}

export type PipelineElement = RunElement | JobElement | FoldedElement | MoreElement;

export function runElement(pipeline: Pipeline, node: PipelineNode | undefined, rootId = pipeline.id): RunElement {
  return { kind: 'run', id: `pipeline-${String(pipeline.id)}`, rootId, pipeline: node?.pipeline ?? pipeline, node };
}

/** Below a pipeline are its jobs and those of its children; what only leads to them is left out. */
export function childrenOf(element: PipelineElement): PipelineElement[] {
  switch (element.kind) {
    case 'run':
      return element.node === undefined ? [] : jobsBelow(element.node, element.rootId);
    case 'folded':
      return element.entries.map((entry) => jobElement(entry, element.rootId));
    default:
      return [];
  }
}

function jobsBelow(root: PipelineNode, rootId: number): PipelineElement[] {
  return allPipelines(root).flatMap((node) => {
    const entries = node.stages.flatMap((stage) => stage.entries);
    const hidden = unchosenIn(entries);
    const shown = entries.filter((entry) => (entry.kind === 'job' ? !hidden.includes(entry) : needsSomebody(entry)));
    const jobs = shown.map((entry): PipelineElement => jobElement(entry, rootId));
    if (hidden.length === 0) return jobs;
    return [...jobs, { kind: 'folded', id: `images-${String(node.pipeline.id)}`, rootId, entries: hidden }];
  });
}

/** Once a trigger job has created a child, the child is shown in its place. */
function needsSomebody({ bridge, child }: BridgeNode): boolean {
  return child === undefined && bridge.status !== 'skipped';
}

/** The images that were not selected, once one is selected. Empty before that. */
function unchosenIn(entries: readonly (JobNode | BridgeNode)[]): JobNode[] {
  const images = entries.filter((entry): entry is JobNode => entry.kind === 'job' && entry.job.stage === selectImage);
  const left = images.filter(({ job: { status } }) => ['manual', 'created', 'skipped'].includes(status));
  return left.length < images.length ? left : [];
}

function jobElement(entry: JobNode | BridgeNode, rootId: number): JobElement {
  return { kind: 'job', id: `job-${String(jobOf(entry).id)}`, rootId, entry };
}

/** The pipeline of a tree to retry: the deepest one, as those above failed because of it. */
export function runToRetry({ rootId, node }: RunElement): RunElement | undefined {
  if (node === undefined) return undefined;
  const failed = allPipelines(node)
    .reverse()
    .find((one) => one.state.status === 'failed' && judgeRetryPipeline(one).allowed);
  return failed && runElement(failed.pipeline, failed, rootId);
}

export function jobOf(entry: JobNode | BridgeNode): Job | Bridge {
  return entry.kind === 'job' ? entry.job : entry.bridge;
}

/** Whether a runner has started the job. */
export function hasLog({ kind, startedMs }: Job | Bridge): boolean {
  return kind === 'job' && startedMs !== undefined;
}

/** Context value for `when` in package.json. */
export function contextOf(element: PipelineElement): string {
  switch (element.kind) {
    case 'run':
      return words({
        pipeline: true,
        linked: element.pipeline.webUrl !== undefined,
        retryable: runToRetry(element) !== undefined,
        recoverable: isRecoverable(element),
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

/** Whether the pipeline to retry is the one that deploys, so that nodes may be marked before the retry. */
function isRecoverable(element: RunElement): boolean {
  const run = element.node && findDeployRun(element.node);
  return run !== undefined && runToRetry(element)?.pipeline.id === run.node.pipeline.id;
}

function words(flags: Readonly<Record<string, boolean>>): string {
  return Object.keys(flags)
    .filter((word) => flags[word] === true)
    .join(' ');
}
