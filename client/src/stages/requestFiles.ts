import { refused } from '@omnia-buildstream/core/errors/userError';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import * as vscode from 'vscode';
import { lacking, noMappingFile, ways } from '../errors/lacking.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import { chosenVersion } from './settings/chosenVersion.ts';

/** The mapping file of a run, as read from disk. */
export interface RequestFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly version: OmniaVersion | undefined;
}

/** Reads the mapping file that a request names, else the one that the Nodes view shows. @throws UserError */
export async function requestFile(mapping: string | undefined, nodes: NodesSource): Promise<RequestFile> {
  const uri = mapping === undefined ? await currentMapping(nodes) : named(mapping);
  if (uri.scheme !== 'file') throw refused(vscode.l10n.t('Stages need a mapping file on disk.'));
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty === true) {
    throw lacking(
      vscode.l10n.t('{0} has unsaved changes. Save it first: what is on disk is run.', path.basename(uri.fsPath)),
      ways.saveAll(),
    );
  }
  const version = await chosenVersion(uri);
  try {
    // UTF-8, as Omnia reads it. Any other encoding is an error in the file, and a file with errors is not run.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readRegularFile(uri.fsPath));
    return { uri, text, version };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw refused(vscode.l10n.t('{0} cannot be read ({1}).', uri.fsPath, reason));
  }
}

/** The project folder of a mapping file, and its Omnia version: the chosen one, else the detected one. */
export function projectOf({ uri, text, version }: RequestFile): {
  readonly project: string;
  readonly version: OmniaVersion;
} {
  const project = projectFolderOf(uri.fsPath);
  return { project, version: version ?? versionOf(uri.fsPath, new CsvDocument(text)) };
}

/** The mapping file that the Nodes view shows. @throws UserError if there is none */
export async function currentMapping(nodes: NodesSource): Promise<vscode.Uri> {
  const uri = (await nodes.refresh())?.mappingUri ?? undefined;
  if (uri === undefined) throw noMappingFile();
  return vscode.Uri.parse(uri);
}

function named(mapping: string): vscode.Uri {
  if (path.isAbsolute(mapping)) return vscode.Uri.file(mapping);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined)
    throw lacking(vscode.l10n.t('Open a folder first: {0} is relative to it.', mapping), ways.openFolder());
  return vscode.Uri.joinPath(folder.uri, mapping);
}
