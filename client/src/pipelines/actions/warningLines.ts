import {
  anotherDeploy,
  expiredArtifacts,
  staleFailedNodes,
  type Warning,
} from '@omnia-buildstream/gitlab/actions/warnings';
import { readRunJobId } from '@omnia-buildstream/gitlab/api/runJobId';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import * as vscode from 'vscode';
import { readCall } from './actionContext.ts';
import type { PipelinesModel } from '../view/pipelinesModel.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { branchOf, failedNodesIn, failedNodesPath, serverFile, writtenMs } from '../files/serverFiles.ts';
import { clock } from '../../platform/clock.ts';

const looked = 20;

/**
 * What Omnia does not tell about a run: others that go on, artifacts that are gone, and, where the restart stage is
 * going to read it, a failed_nodes.json that is not of this run.
 * @param root undefined before the pipeline exists
 */
export async function warningLines(
  open: OpenProject,
  { trees }: Pick<PipelinesModel, 'trees'>,
  root: PipelineNode | undefined,
  { withFailedNodes = false }: { withFailedNodes?: boolean } = {},
): Promise<string[]> {
  const { client, project } = open;
  const { pipelines } = await client.pipelines.list(project.id, { perPage: looked }, readCall());
  const others = pipelines
    .filter(({ id }) => id !== root?.pipeline.id)
    .map((pipeline) => {
      const tree = trees.get(pipeline.id);
      // Without its jobs nobody knows: better one warning too many.
      return { pipeline, isDeploy: tree === undefined || typesOf(tree).has('deploy') };
    });
  const self = root ?? { pipeline: { id: 0, ref: '', sha: '', status: '' } as PipelineNode['pipeline'] };
  const expired = root === undefined ? [] : expiredArtifacts(root, clock.now());
  const stale = root === undefined || !withFailedNodes ? [] : await staleWarnings(open, root);
  return [...anotherDeploy(self, others), ...expired, ...stale].map(warningText);
}

async function staleWarnings(open: OpenProject, root: PipelineNode): Promise<Warning[]> {
  if (findDeployRun(root) === undefined) return [];
  const file = await serverFile(open, failedNodesPath, branchOf(open));
  const failed = file === undefined ? undefined : failedNodesIn(file);
  if (failed === undefined) return [];
  const runJobId = await readRunJobId(open.client, { projectId: open.project.id, tree: root }, readCall());
  return staleFailedNodes(root, { jobId: failed.jobId, writtenMs: writtenMs(failed), runJobId });
}

function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'another-deploy':
      return vscode.l10n.t(
        'Warning: pipeline #{0} on {1} goes on. If it deploys, both share the nodes and failed_nodes.json.',
        warning.pipeline.id,
        warning.pipeline.ref,
      );
    case 'artifacts-expired':
      return vscode.l10n.t(
        'Warning: the artifacts of {0} are gone; they are kept two hours. Jobs that need them fail.',
        warning.job.name,
      );
    case 'other-job':
      return vscode.l10n.t(
        'Warning: failed_nodes.json is of job {0}, this run is job {1}. Its marks are taken for this run all the same.',
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
