import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { loadTree } from '../api/loadTree.ts';
import type { GitLabClient } from '../api/client.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Project } from '../model/identity.ts';
import type { ListedGroups } from './listedGroups.ts';
import type { PipelineNode } from '../tree/nodes.ts';

/** Omnia's project on a GitLab server, as somebody works with it. */
export interface OmniaProject {
  readonly client: GitLabClient;
  readonly project: Project;
  /** Chosen by the user; undefined: derived from the place of the mapping file. */
  readonly version: OmniaVersion | undefined;
  /** failed_nodes.json as a commit that is about to be made leaves it; undefined: as it is on the server. */
  readonly listAfterCommit?: string;
  /** What the BuildStreaM API lists; undefined: it is not set up here. */
  readonly imageGroups?: () => Promise<ListedGroups>;
  /** For one read, with a time limit of its own. */
  readonly reading: () => CallOptions;
}

/** Omnia reads failed_nodes.json from here, whatever branch a pipeline is on. */
export function branchOf({ project }: Pick<OmniaProject, 'project'>): string {
  return project.defaultBranch ?? 'main';
}

/** A pipeline as it is now: what is shown may be older than somebody else's last click. @throws GitLabError */
export function currentTree({ client, project, reading }: OmniaProject, pipelineId: number): Promise<PipelineNode> {
  return loadTree(client, { projectId: project.id, pipelineId }, reading());
}
