import type { StageTry } from '@omnia-buildstream/core/history/timeline';
import { stageTries } from '@omnia-buildstream/gitlab/omnia/stageTries';
import { stripAnsi } from '@omnia-buildstream/gitlab/trace/ansi';
import { nodeBars } from '@omnia-buildstream/gitlab/trace/nodeBars';
import { stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { clock } from '../../platform/clock.ts';
import { readLines } from '../logs/readLog.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { nodesByName } from './toldRun.ts';

/** Runs of stages in GitLab, for the timeline: those of the newest pipelines whose jobs are known. */
export function gitlabTries(trees: Iterable<PipelineNode>): readonly StageTry[] {
  return stageTries(trees, clock.now()).map(({ tried }) => tried);
}

/** The same run with what its log says about nodes. Undefined if it is not one of these runs. @throws GitLabError */
export async function tryWithNodes(
  open: OpenProject,
  { trees, file, nodes }: { trees: Iterable<PipelineNode>; file: string; nodes: readonly NodeInfo[] },
): Promise<StageTry | undefined> {
  const found = stageTries(trees, clock.now()).find(({ tried }) => tried.file === file);
  if (found?.job.stage !== stageNames.restart) return found?.tried;
  const lines = (await readLines(open, found.job)).map(({ text, timestamp }) => {
    return { text: stripAnsi(text), atMs: timestamp === undefined ? undefined : Date.parse(timestamp) };
  });
  const byName = nodesByName(nodes);
  return { ...found.tried, nodes: nodeBars(lines, found.tried, (name) => byName.get(name)) };
}
