import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { ActionContext } from './context.ts';

/** Where the mapping file lies: Omnia 2.2, then 2.3. */
const mappingFiles = [
  { path: 'input/pxe_mapping_file.csv', version: '2.2' },
  { path: 'input/orchestrator/pxe_mapping_file.csv', version: '2.3' },
] as const;
export const failedNodesFile = 'miscellaneous/failed_nodes.json';

const mostShown = 20;

/** The nodes in the mapping file of a commit; undefined when there is no such file. @throws GitLabError */
export async function nodesAt({ client, project, call }: ActionContext, ref: string): Promise<Target[] | undefined> {
  for (const { path, version } of mappingFiles) {
    try {
      const { content } = await client.files.show(project.id, path, ref, call);
      return targetsOf(new TextDecoder().decode(content), version);
    } catch (error) {
      if (!isGitLabError(error, 'not-found')) throw error;
    }
  }
  return undefined;
}

/** failed_nodes.json of the default branch; undefined when there is none or it cannot be read. @throws GitLabError */
export async function failedNodesOf({ client, project, call }: ActionContext): Promise<FailedNodes | undefined> {
  try {
    const { content } = await client.files.show(project.id, failedNodesFile, project.defaultBranch ?? 'main', call);
    return readFailedNodes(JSON.parse(new TextDecoder().decode(content)) as unknown).value;
  } catch (error) {
    if (isGitLabError(error, 'not-found') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `  n1 (172.17.107.1)`, one a line, the first twenty. */
export function nodeLines(nodes: readonly { readonly hostname: string; readonly bmcIp: string }[]): string {
  const lines = nodes
    .slice(0, mostShown)
    .map(({ hostname, bmcIp }) => `  ${plainLine(`${hostname} (${bmcIp === '' ? 'no BMC' : bmcIp})`)}\n`);
  const more = nodes.length - mostShown;
  return lines.join('') + (more > 0 ? `  and ${String(more)} more\n` : '');
}
