import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { loadTree } from '../api/loadTree.ts';
import type { GitLabClient } from '../api/client.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Project } from '../model/identity.ts';
import type { ListedGroups } from './listedGroups.ts';
import type { PipelineNode } from '../tree/nodes.ts';

/** Omnia's project on a GitLab server, as a user works with it. */
export interface OmniaProject {
  readonly client: GitLabClient;
  readonly project: Project;
  /** Chosen by the user. Undefined to derive it from the path of the mapping file. */
  readonly version: OmniaVersion | undefined;
  /** failed_nodes.json as a pending commit will leave it. Undefined to read it from the server. */
  readonly listAfterCommit?: string;
  /** What the BuildStreaM API lists. Undefined if the API is not set up here. */
  readonly imageGroups?: () => Promise<ListedGroups>;
  /** Options for one read, with its own time limit. */
  readonly reading: () => CallOptions;
}

/** The branch that Omnia reads failed_nodes.json from, whatever branch a pipeline is on. */
export function branchOf({ project }: Pick<OmniaProject, 'project'>): string {
  return project.defaultBranch ?? 'main';
}

/** The current state of a pipeline; what is shown may be older than someone else's last click. @throws GitLabError */
export function currentTree({ client, project, reading }: OmniaProject, pipelineId: number): Promise<PipelineNode> {
  return loadTree(client, { projectId: project.id, pipelineId }, reading());
}
