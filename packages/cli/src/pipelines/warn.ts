import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { Warning } from '@omnia-buildstream/gitlab/actions/warnings';
import { warningsFor } from '@omnia-buildstream/gitlab/omnia/warningsFor';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { ActionContext } from './context.ts';
import { omniaProject } from './project.ts';
import { timeText } from './text.ts';

/** A warning as a line. */
function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'another-deploy': {
      const { id, status, ref } = warning.pipeline;
      return `warning: pipeline #${String(id)} on ${ref} is ${status}; if it deploys, both share the nodes and failed_nodes.json`;
    }
    case 'another-pipeline': {
      const { id, status } = warning.pipeline;
      return `warning: pipeline #${String(id)} (${warning.types.join(', ')}) is ${status}; Omnia does not support two pipelines side by side`;
    }
    case 'artifacts-expired':
      return `warning: the artifacts of ${warning.job.name} are gone since ${timeText(warning.expiredMs)}; jobs that need them fail`;
    case 'other-job':
      return `warning: failed_nodes.json is of job ${warning.fileJobId}, this run is job ${warning.runJobId}`;
    case 'older-than-restart':
      return `warning: failed_nodes.json (${timeText(warning.fileMs)}) is older than the last restart (${timeText(warning.restartMs)})`;
  }
}

/** What Omnia does not say about a run. @throws GitLabError */
export async function warningLines(
  context: ActionContext,
  root: PipelineNode | undefined,
  { withFailedNodes = false }: { readonly withFailedNodes?: boolean } = {},
): Promise<string> {
  const asked = { root, withFailedNodes, nowMs: context.io.clock.now() };
  const warnings = await warningsFor(omniaProject(context), asked);
  return warnings.map((warning) => `${plainLine(warningText(warning))}\n`).join('');
}
