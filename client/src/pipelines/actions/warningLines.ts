import type { Warning } from '@omnia-buildstream/gitlab/actions/warnings';
import { warningsFor } from '@omnia-buildstream/gitlab/omnia/warningsFor';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import type { PipelinesModel } from '../view/pipelinesModel.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { clock } from '../../platform/clock.ts';

/**
 * Warnings about a run that Omnia does not give, as paragraphs. `root` is undefined before the pipeline exists.
 * @throws GitLabError
 */
export async function warningLines(
  open: OpenProject,
  { trees }: Pick<PipelinesModel, 'trees'>,
  root: PipelineNode | undefined,
  { withFailedNodes = false }: { withFailedNodes?: boolean } = {},
): Promise<string[]> {
  const asked = { root, trees, withFailedNodes, nowMs: clock.now() };
  const warnings = await warningsFor(omniaProject(open), asked);
  return warnings.map(warningText);
}

function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'another-deploy':
      return vscode.l10n.t(
        'Warning: pipeline #{0} on {1} is still running. If it deploys, both share the nodes and failed_nodes.json.',
        warning.pipeline.id,
        warning.pipeline.ref,
      );
    case 'another-pipeline':
      return vscode.l10n.t(
        'Warning: pipeline #{0} ({1}) is still running. Omnia does not support two pipelines at the same time.',
        warning.pipeline.id,
        warning.types.join(', '),
      );
    case 'artifacts-expired':
      return vscode.l10n.t(
        'Warning: the artifacts of {0} have expired (they are kept for two hours). Jobs that need them fail.',
        warning.job.name,
      );
    case 'other-job':
      return vscode.l10n.t(
        'Warning: failed_nodes.json belongs to job {0}, but this run is job {1}. Its marks still apply.',
        warning.fileJobId,
        warning.runJobId,
      );
    case 'older-than-restart':
      return vscode.l10n.t(
        'Warning: failed_nodes.json ({0}) is older than the last restart ({1}). The upload of the newer one may have failed.',
        new Date(warning.fileMs).toLocaleString(),
        new Date(warning.restartMs).toLocaleString(),
      );
  }
}
