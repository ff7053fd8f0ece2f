import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { cannotRun } from '../cannotRun.ts';

/** A job of the tree by name or number, of equal names the one in the newest pipeline. @throws UserError */
export function findJob(tree: PipelineNode, text: string): Job | Bridge {
  const entries = allPipelines(tree)
    .sort((a, b) => b.pipeline.id - a.pipeline.id)
    .flatMap(({ stages }) => stages.flatMap((stage) => stage.entries));
  const tries = entries.flatMap((entry): (Job | Bridge)[] =>
    entry.kind === 'job' ? [entry.job, ...entry.earlier] : [entry.bridge],
  );
  const wanted = text.replace(/^#/, '');
  const found = tries.find(({ name }) => name === text) ?? tries.find(({ id }) => String(id) === wanted);
  if (found !== undefined) return found;
  const [suggestion] = nearest(
    text,
    tries.map(({ name }) => name),
    1,
  );
  const question = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  throw cannotRun('arguments', `Pipeline #${String(tree.pipeline.id)} has no job "${text}".${question}`);
}
