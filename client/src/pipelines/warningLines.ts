import { anotherDeploy, expiredArtifacts, type Warning } from '@omnia-buildstream/gitlab/actions/warnings';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import * as vscode from 'vscode';
import { readCall } from './actionContext.ts';
import type { PipelinesModel } from './pipelinesModel.ts';
import type { OpenProject } from './projectSession.ts';

const looked = 20;

/**
 * What Omnia does not tell about a run: others that go on, artifacts that are gone.
 * @param root undefined before the pipeline exists
 */
export async function warningLines(
  { client, project }: OpenProject,
  { trees }: Pick<PipelinesModel, 'trees'>,
  root: PipelineNode | undefined,
): Promise<string[]> {
  const { pipelines } = await client.pipelines.list(project.id, { perPage: looked }, readCall());
  const others = pipelines
    .filter(({ id }) => id !== root?.pipeline.id)
    .map((pipeline) => {
      const tree = trees.get(pipeline.id);
      // Without its jobs nobody knows: better one warning too many.
      return { pipeline, isDeploy: tree === undefined || typesOf(tree).has('deploy') };
    });
  const self = root ?? { pipeline: { id: 0, ref: '', sha: '', status: '' } as PipelineNode['pipeline'] };
  const expired = root === undefined ? [] : expiredArtifacts(root, Date.now());
  return [...anotherDeploy(self, others), ...expired].map(warningText);
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
    case 'older-than-restart':
      return vscode.l10n.t('Warning: failed_nodes.json is not of this run.');
  }
}
