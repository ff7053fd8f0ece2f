import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import {
  anotherDeploy,
  expiredArtifacts,
  staleFailedNodes,
  type FailedNodesFacts,
  type Warning,
} from '@omnia-buildstream/gitlab/actions/warnings';
import { readRunJobId } from '@omnia-buildstream/gitlab/api/runJobId';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { ActionContext } from './context.ts';
import { timeText } from './text.ts';

/** A warning as a line. */
function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'another-deploy': {
      const { id, status, ref } = warning.pipeline;
      return `warning: pipeline #${String(id)} on ${ref} is ${status}; if it deploys, both share the nodes and failed_nodes.json`;
    }
    case 'artifacts-expired':
      return `warning: the artifacts of ${warning.job.name} are gone since ${timeText(warning.expiredMs)}; jobs that need them fail`;
    case 'other-job':
      return `warning: failed_nodes.json is of job ${warning.fileJobId}, this run is job ${warning.runJobId}`;
    case 'older-than-restart':
      return `warning: failed_nodes.json (${timeText(warning.fileMs)}) is older than the last restart (${timeText(warning.restartMs)})`;
  }
}

/** What Omnia does not tell about a run. @throws GitLabError */
export async function warningLines(
  { client, project, io, call }: ActionContext,
  tree: PipelineNode | undefined,
  file?: FailedNodesFacts,
): Promise<string> {
  const { pipelines } = await client.pipelines.list(project.id, { perPage: 20 }, call);
  const root = tree ?? { pipeline: { id: 0 } as PipelineNode['pipeline'] };
  const warnings = [
    ...anotherDeploy(
      root,
      pipelines.map((pipeline) => ({ pipeline, isDeploy: true })),
    ),
    ...(tree === undefined ? [] : expiredArtifacts(tree, io.clock.now())),
    ...(tree === undefined || file === undefined ? [] : staleFailedNodes(tree, file)),
  ];
  return warnings.map((warning) => `${plainLine(warningText(warning))}\n`).join('');
}

/** What tells whether failed_nodes.json is of this run. @throws GitLabError */
export async function failedNodesFacts(
  { client, project, call }: ActionContext,
  tree: PipelineNode,
  { jobId, timestamp }: FailedNodes,
): Promise<FailedNodesFacts> {
  const writtenMs = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return {
    jobId,
    runJobId: await readRunJobId(client, { projectId: project.id, tree }, call),
    writtenMs: Number.isNaN(writtenMs) ? undefined : writtenMs,
  };
}
