import { refused } from '@omnia-buildstream/core/errors/userError';
import type { BridgeNode, JobNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { copyLine, serverFileIn, type ServerFile } from '@omnia-buildstream/gitlab/trace/serverFiles';
import * as vscode from 'vscode';
import { apiAddressOf } from '../../oim/apiAddress.ts';
import { window } from '../../platform/window.ts';
import { currentJob, type LogContext } from './logCommands.ts';
import { readLog } from './readLog.ts';

/** Files that Molecule leaves in a report folder, the most readable first. */
const reports = ['test_report.json', 'molecule_output.log'];

/**
 * Opens the report that a stage left on the management server if its path exists here, as in a window on that server;
 * otherwise copies the command line that fetches it.
 * @throws GitLabError, UserError
 */
export async function openServerReport(context: LogContext, entry: JobNode | BridgeNode): Promise<void> {
  const { open, job } = await currentJob(context, entry);
  const { text } = await readLog(open, job);
  const file = serverFileIn(text.split('\n'));
  if (file === undefined) {
    throw refused(vscode.l10n.t('The log of {0} does not name a file on the management server.', job.name));
  }
  const here = await fileHere(file);
  if (here === undefined) await copy(file);
  else await vscode.window.showTextDocument(here, { preview: true });
}

/** Undefined if the file does not exist on this machine. */
async function fileHere({ path, isFolder }: ServerFile): Promise<vscode.Uri | undefined> {
  const uri = vscode.Uri.file(path);
  const places = isFolder ? reports.map((name) => vscode.Uri.joinPath(uri, name)) : [uri];
  for (const place of places) if (await isFile(place)) return place;
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

async function copy(file: ServerFile): Promise<void> {
  const address = vscode.workspace.getConfiguration('buildstream').get<string>('api.url', '');
  const line = copyLine(file, apiAddressOf(address)?.hostname ?? '');
  await vscode.env.clipboard.writeText(line);
  void window.showInformationMessage(
    vscode.l10n.t('{0} is on the management server. Copied to the clipboard: {1}', file.path, line),
  );
}
