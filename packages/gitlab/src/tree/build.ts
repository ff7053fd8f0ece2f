import type { Bridge, Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { compose, type GroupState } from '../status/compose.ts';
import type { BridgeNode, JobNode, PipelineNode, PipelinePart, StageNode } from './nodes.ts';

/** GitLab's responses about one pipeline. */
export interface PipelineAnswers {
  readonly pipeline: Pipeline;
  /** With or without earlier tries (`include_retried`). */
  readonly jobs: readonly Job[];
  readonly bridges: readonly Bridge[];
  /** What was requested but GitLab did not show. */
  readonly hidden?: readonly PipelinePart[];
}

/** GitLab nests children two levels deep. */
export const deepestChild = 2;

/**
 * Combines the responses about a pipeline and its children. Children without responses appear with what their trigger
 * job says about them.
 * @param answers responses by pipeline ID
 * @returns undefined if the responses about the root are missing
 */
export function buildTree(rootId: number, answers: ReadonlyMap<number, PipelineAnswers>): PipelineNode | undefined {
  const root = answers.get(rootId);
  return root === undefined ? undefined : pipelineNode(root.pipeline, 0, answers);
}

function pipelineNode(known: Pipeline, depth: number, answers: ReadonlyMap<number, PipelineAnswers>): PipelineNode {
  const found = answers.get(known.id);
  const pipeline = found?.pipeline ?? known;
  const entries = [
    ...newestTries(found?.jobs ?? []).map(([job, ...earlier]): JobNode => ({ kind: 'job', job, earlier })),
    ...newestTries(found?.bridges ?? []).map(([bridge, ...earlier]): BridgeNode => {
      const { downstream } = bridge;
      const isShown = downstream !== undefined && depth < deepestChild;
      const child = isShown ? pipelineNode(downstream, depth + 1, answers) : undefined;
      return { kind: 'bridge', bridge, earlier, child };
    }),
  ];
  return {
    kind: 'pipeline',
    pipeline,
    state: pipelineState(pipeline, entries),
    depth,
    stages: stagesOf(entries),
    isLoaded: found !== undefined && found.hidden?.includes('pipeline') !== true,
    hidden: found?.hidden ?? [],
  };
}

/** The server decides the status; its lists do not say whether there were warnings. */
function pipelineState(pipeline: Pipeline, entries: readonly (JobNode | BridgeNode)[]): GroupState {
  const hasWarnings = compose(entries.map(newestOf))?.hasWarnings === true;
  return {
    status: pipeline.status,
    hasWarnings: hasWarnings || pipeline.statusGroup === 'success-with-warnings',
  };
}

function newestOf(entry: JobNode | BridgeNode): Job | Bridge {
  return entry.kind === 'job' ? entry.job : entry.bridge;
}

type Tries<T> = [newest: T, ...earlier: T[]];

/** Groups tries by name, each newest first: a retry creates a new job with the same name and a higher ID. */
function newestTries<T extends Job | Bridge>(all: readonly T[]): Tries<T>[] {
  const byName = new Map<string, Tries<T>>();
  for (const one of [...all].sort((a, b) => b.id - a.id)) {
    const tries = byName.get(one.name);
    if (tries === undefined) byName.set(one.name, [one]);
    else tries.push(one);
  }
  return [...byName.values()];
}

/** Omnia's stages in order, for responses without the first tries, whose IDs otherwise show the order. */
const omniaStages: readonly string[] = [
  'list_images',
  'trigger_deploy',
  'select_image',
  'initialization',
  'parse-catalog',
  'configure-local-repository',
  'build-images',
  'deploy',
  'restart',
  'validate',
  'cleanup',
  'summary',
];

/** GitLab creates the jobs of a pipeline in the order of the stages, so the lowest ID of a stage gives its position. */
function stagesOf(entries: readonly (JobNode | BridgeNode)[]): StageNode[] {
  const byStage = new Map<string, (JobNode | BridgeNode)[]>();
  for (const entry of entries) {
    const { stage } = newestOf(entry);
    byStage.set(stage, [...(byStage.get(stage) ?? []), entry]);
  }
  const stages = [...byStage].map(([name, group]) => {
    const sorted = group.sort((a, b) => firstId(a) - firstId(b));
    const first = sorted[0];
    return {
      place: first === undefined ? 0 : firstId(first),
      stage: {
        kind: 'stage' as const,
        name,
        state: compose(sorted.map(newestOf)) ?? { status: 'created', hasWarnings: false },
        entries: sorted,
      },
    };
  });
  const areAllOmnias = stages.every(({ stage }) => omniaStages.includes(stage.name));
  return stages
    .sort((a, b) =>
      areAllOmnias ? omniaStages.indexOf(a.stage.name) - omniaStages.indexOf(b.stage.name) : a.place - b.place,
    )
    .map(({ stage }) => stage);
}

function firstId(entry: JobNode | BridgeNode): number {
  return Math.min(newestOf(entry).id, ...entry.earlier.map(({ id }) => id));
}
