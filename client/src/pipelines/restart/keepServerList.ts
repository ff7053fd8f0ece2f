import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { restartEnd } from '@omnia-buildstream/gitlab/omnia/restartEnd';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { keepListOfServer } from '@omnia-buildstream/runner/oim/keepTold';
import * as vscode from 'vscode';
import { readFileText } from '../../language/readFileText.ts';
import { shownProject } from '../../nodes/projectFacts.ts';
import type { NodesSource } from '../../nodes/nodesSource.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';

interface Parts {
  readonly nodes: Pick<NodesSource, 'list' | 'refresh' | 'changedOnDisk'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/**
 * Makes the server's failed_nodes.json count in the project once a restart is over, before anyone pulls. It is stored
 * like the management server's report on a restart that is followed, for every window and terminal. Never rejects.
 */
export async function keepServerList(open: OpenProject, tree: PipelineNode, { nodes, log }: Parts): Promise<void> {
  try {
    const project = shownProject(nodes.list ?? (await nodes.refresh()));
    if (project?.scheme !== 'file') return;
    const end = await restartEnd(omniaProject(open), tree);
    if (end === undefined) return;
    const listUri = nodes.list?.failedUri ?? undefined;
    const { text } = listUri === undefined ? { text: null } : await readFileText(vscode.Uri.parse(listUri));
    const { restart, jobId = '', ...list } = end;
    const at = new Date(restart.finishedMs ?? 0).toISOString();
    const isNew = await keepListOfServer(project.fsPath, { ...list, jobId, at }, text ?? undefined);
    if (isNew) await nodes.changedOnDisk(vscode.Uri.joinPath(project, toldListPlace));
  } catch (error) {
    // The pipeline's end is reported anyway; the next pull brings the list.
    if (!isGitLabError(error) && !(error instanceof NotUtf8Error))
      log.warn(`The list of failed nodes: ${String(error)}`);
  }
}
