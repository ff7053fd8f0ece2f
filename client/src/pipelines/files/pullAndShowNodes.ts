import * as vscode from 'vscode';
import { findLocalFile } from './localFile.ts';
import { pullInto } from './offerPull.ts';
import { mappingPlaces } from '@omnia-buildstream/gitlab/omnia/projectFiles';

/** Pulls first: the failed nodes list is in the server's repository, but the Nodes view shows the clone's version. */
export async function pullAndShowNodes(): Promise<void> {
  const repository = (await findLocalFile(mappingPlaces.map(({ path }) => path)))?.repository;
  if (repository !== undefined) await pullInto(repository);
  await vscode.commands.executeCommand('buildstream.nodes.focus');
}
