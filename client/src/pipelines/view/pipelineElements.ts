import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { findDeployRun, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type BridgeNode, type JobNode, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

const { selectImage } = stageNames;

/** A pipeline or a child of one. `rootId` names the pipeline at the top. */
export interface RunElement {
  readonly kind: 'run';
  readonly id: string;
  readonly rootId: number;
  readonly pipeline: Pipeline;
  /** Undefined until its jobs were asked for. */
  readonly node: PipelineNode | undefined;
}

export interface JobElement {
  readonly kind: 'job';
  readonly id: string;
  readonly rootId: number;
  readonly entry: JobNode | BridgeNode;
}

/** What nobody looks for at first, folded: the images that were not chosen. */
export interface FoldedElement {
  readonly kind: 'folded';
  readonly id: string;
  readonly rootId: number;
  readonly entries: readonly JobNode[];
}

/** Stands at the end of the list and shows more of it. */
export interface MoreElement {
  readonly kind: 'more';
  readonly id: 'more';
}

export type PipelineElement = RunElement | JobElement | FoldedElement | MoreElement;

export function runElement(pipeline: Pipeline, node: PipelineNode | undefined, rootId = pipeline.id): RunElement {
  return { kind: 'run', id: `pipeline-${String(pipeline.id)}`, rootId, pipeline: node?.pipeline ?? pipeline, node };
}

/** A pipeline has its jobs below it, and those of its children: what only leads to them is left out. */
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

/** A trigger job is what it made, once it has made something. */
function needsSomebody({ bridge, child }: BridgeNode): boolean {
  return child === undefined && bridge.status !== 'skipped';
}

/** The images that were left when one was selected; nothing before that. */
function unchosenIn(entries: readonly (JobNode | BridgeNode)[]): JobNode[] {
  const images = entries.filter((entry): entry is JobNode => entry.kind === 'job' && entry.job.stage === selectImage);
  const left = images.filter(({ job: { status } }) => ['manual', 'created', 'skipped'].includes(status));
  return left.length < images.length ? left : [];
}

function jobElement(entry: JobNode | BridgeNode, rootId: number): JobElement {
  return { kind: 'job', id: `job-${String(jobOf(entry).id)}`, rootId, entry };
}

/** The pipeline of a tree that can be tried again: the deepest one, as those above failed because of it. */
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

/** Its restart failed, so that nodes may be marked before it is tried again. */
function isRecoverable(element: RunElement): boolean {
  const run = element.node && findDeployRun(element.node);
  return run !== undefined && runToRetry(element)?.pipeline.id === run.node.pipeline.id;
}

function words(flags: Readonly<Record<string, boolean>>): string {
  return Object.keys(flags)
    .filter((word) => flags[word] === true)
    .join(' ');
}
