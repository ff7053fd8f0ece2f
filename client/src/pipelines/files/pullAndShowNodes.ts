import * as vscode from 'vscode';
import { findLocalFile } from './localFile.ts';
import { pullInto } from './offerPull.ts';
import { mappingPlaces } from '@omnia-buildstream/gitlab/omnia/projectFiles';

/** The list of failed nodes is in the server's repository; the view Nodes shows what the clone has. */
export async function pullAndShowNodes(): Promise<void> {
  const repository = (await findLocalFile(mappingPlaces.map(({ path }) => path)))?.repository;
  if (repository !== undefined) await pullInto(repository);
  await vscode.commands.executeCommand('buildstream.nodes.focus');
}
