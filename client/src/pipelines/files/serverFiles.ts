import { readFailedNodesDocument, valueOf } from '@omnia-buildstream/core/failedNodes/document';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import { isOmniaVersion, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { readTextFile, type TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import * as vscode from 'vscode';
import { readCall } from '../actions/actionContext.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { Refusal } from '../../platform/refusal.ts';

/** Where Omnia has the mapping file: 2.2, then 2.3 and later. Both are in the router's rules. */
export const mappingPlaces = [
  { path: 'input/pxe_mapping_file.csv', version: '2.2' },
  { path: 'input/orchestrator/pxe_mapping_file.csv', version: '2.3' },
] as const;
export const failedNodesPath = 'miscellaneous/failed_nodes.json';
/** A change of it starts a build pipeline. */
export const catalogPath = 'catalog_rhel.json';

export interface ServerMapping extends TextFile {
  readonly path: string;
  readonly version: OmniaVersion;
}

export function branchOf({ project }: OpenProject): string {
  return project.defaultBranch ?? 'main';
}

/** A text file of a branch or commit; undefined when there is none. @throws GitLabError, Refusal when it is not UTF-8 */
export async function serverFile(open: OpenProject, path: string, ref: string): Promise<TextFile | undefined> {
  const place = { projectId: open.project.id, branch: ref, path };
  const reading = await readTextFile(open.client, place, readCall());
  if (reading.kind === 'not-utf8') throw new Refusal(vscode.l10n.t('{0} on the server is not UTF-8.', path));
  return reading.kind === 'read' ? reading.value : undefined;
}

/** The mapping file of a branch or commit; undefined when there is none. @throws GitLabError, Refusal */
export async function serverMapping(open: OpenProject, ref: string): Promise<ServerMapping | undefined> {
  for (const { path, version } of mappingPlaces) {
    const found = await serverFile(open, path, ref);
    if (found !== undefined) return { ...found, path, version: versionFor(version) };
  }
  return undefined;
}

/** The user's choice, else what the place of the file tells. */
export function versionFor(placed: OmniaVersion): OmniaVersion {
  const chosen = vscode.workspace.getConfiguration('buildstream').get<string>('omniaVersion', 'auto');
  return isOmniaVersion(chosen) ? chosen : placed;
}

/** failed_nodes.json as data; undefined when Omnia could not read it either. */
export function failedNodesIn({ text }: Pick<TextFile, 'text'>): FailedNodes | undefined {
  const document = readFailedNodesDocument(text);
  return document.faults.length > 0 ? undefined : readFailedNodes(valueOf(document)).value;
}

/** Milliseconds since 1970; undefined when the file tells none. */
export function writtenMs({ timestamp }: FailedNodes): number | undefined {
  const ms = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(ms) ? undefined : ms;
}
