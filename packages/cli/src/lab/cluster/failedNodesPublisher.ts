import { failedNodesPath as path } from '@omnia-buildstream/lab/gitlab/omnia/failedNodes';
import type { LabProject } from '@omnia-buildstream/lab/gitlab/project';

const author = { name: 'project token', email: 'project@lab.invalid' };

export interface FailedNodesPublisher {
  readonly publish: (jobId: string, text: string) => Promise<void>;
  /** The project exists only after the service that publishes into it. */
  readonly use: (project: LabProject) => void;
}

/** Commits failed_nodes.json as the restart playbook does, replacing whatever is there (omnia.md section 3.2). */
export function failedNodesPublisher(branch: string): FailedNodesPublisher {
  let project: LabProject | undefined;
  return {
    use: (given) => {
      project = given;
    },
    publish: async (jobId, text) => {
      if (project === undefined) return;
      const head = await project.repository.resolve(branch);
      const isThere = head !== undefined && (await project.repository.read(head, path)) !== undefined;
      const message = `${isThere ? 'Update' : 'Add'} failed_nodes.json for job ${jobId}`;
      const action = isThere ? 'update' : 'create';
      await project.commit({ branch, message, author, actions: [{ action, path, content: Buffer.from(text) }] });
    },
  };
}
