import { nextAction, type NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** What the badge counts. */
export interface Attention {
  /** Pipelines that wait for a manual start. */
  readonly waiting: number;
  /** Whether the newest pipeline failed: 1 or 0. */
  readonly failed: number;
}

const clicks: ReadonlySet<NextAction['kind']> = new Set(['choose-image', 'retry-image', 'play-deploy', 'play']);

/** What needs a person, as far as the jobs are known. */
export function attentionOf(pipelines: readonly Pipeline[], trees: ReadonlyMap<number, PipelineNode>): Attention {
  const waiting = pipelines.filter(({ id, status }) => {
    const tree = trees.get(id);
    return tree === undefined ? status === 'manual' : clicks.has(nextAction(tree).kind);
  });
  return { waiting: waiting.length, failed: pipelines[0]?.status === 'failed' ? 1 : 0 };
}
