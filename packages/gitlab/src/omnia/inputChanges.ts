import { isGitLabError, type GitLabError } from '../errors/gitlabError.ts';
import { findDeployRun, imageGroupOf } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { isInput } from './inputFiles.ts';
import { currentTree, type OmniaProject } from './project.ts';

/** Each tree takes several requests. */
const mostTrees = 5;
const looked = 50;

/** The newest pipeline whose deploy, restart and validation all passed. */
export interface GreenDeploy {
  readonly pipelineId: number;
  readonly sha: string;
  /** Undefined for a cadence, which deploys what it built. */
  readonly imageGroup: string | undefined;
}

/** Input files that differ between two commits. */
export type InputChanges =
  | { readonly kind: 'known'; readonly paths: readonly string[] }
  | { readonly kind: 'not-known'; readonly error: GitLabError | undefined };

/** The newest green deploy among the newest pipelines. Undefined if none of them is one. @throws GitLabError */
export async function greenDeploy(project: OmniaProject, except?: PipelineNode): Promise<GreenDeploy | undefined> {
  const { client, reading } = project;
  const { pipelines } = await client.pipelines.list(project.project.id, { perPage: looked }, reading());
  const passed = pipelines.filter(({ id, status }) => status === 'success' && id !== except?.pipeline.id);
  for (const { id } of passed.slice(0, mostTrees)) {
    const tree = await currentTree(project, id);
    const run = findDeployRun(tree);
    if (run?.deploy?.status !== 'success') continue;
    const image = run.images.find(({ status }) => status === 'success');
    const { sha } = run.node.pipeline;
    return { pipelineId: id, sha: sha || tree.pipeline.sha, imageGroup: image && imageGroupOf(image) };
  }
  return undefined;
}

/** Never rejects because of GitLab: what it does not show is reported as not known. */
export async function inputChanges(
  { client, project, reading }: OmniaProject,
  range: { readonly from: string; readonly to: string },
): Promise<InputChanges> {
  try {
    const paths = await client.files.changedPaths(project.id, range, reading());
    if (paths === undefined) return { kind: 'not-known', error: undefined };
    return { kind: 'known', paths: paths.filter(isInput).sort() };
  } catch (error) {
    if (isGitLabError(error)) return { kind: 'not-known', error };
    throw error;
  }
}
