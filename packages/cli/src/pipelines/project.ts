import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import type { ActionContext } from './context.ts';

/** The project as the functions of Omnia's GitLab project take it. */
export function omniaProject({ client, project, call, imageGroups }: ActionContext): OmniaProject {
  return { client, project, version: undefined, imageGroups, reading: () => call };
}
