import { failedListOf, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { pxeSwitches, switchFiles, type PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import { readTextFile, type TextFile } from '../api/editFile.ts';
import { branchOf, type OmniaProject } from './project.ts';

/** Where Omnia has the mapping file: 2.2, then 2.3 and later. The router's rules have both. */
export const mappingPlaces = [
  { path: 'input/pxe_mapping_file.csv', version: '2.2' },
  { path: 'input/orchestrator/pxe_mapping_file.csv', version: '2.3' },
] as const;
export const failedNodesPath = 'miscellaneous/failed_nodes.json';
/** Changing it starts a build pipeline. */
export const catalogPath = 'catalog_rhel.json';

export interface ServerMapping extends TextFile {
  readonly path: string;
  readonly version: OmniaVersion;
}

/** A file on the server is not UTF-8, so nothing can be said about it. */
export class NotUtf8Error extends Error {
  override readonly name = 'NotUtf8Error';
  readonly path: string;

  constructor(path: string) {
    super(`${path} on the server is not UTF-8`);
    this.path = path;
  }
}

/** A text file of a branch or commit. Undefined if there is none. @throws GitLabError, NotUtf8Error */
export async function serverFile(
  { client, project, reading }: OmniaProject,
  path: string,
  ref: string,
): Promise<TextFile | undefined> {
  const found = await readTextFile(client, { projectId: project.id, branch: ref, path }, reading());
  if (found.kind === 'not-utf8') throw new NotUtf8Error(path);
  return found.kind === 'read' ? found.value : undefined;
}

/**
 * The mapping file of a branch or commit. Undefined if there is none.
 * @throws GitLabError, also if the branch does not exist or is not shown; NotUtf8Error
 */
export async function serverMapping(project: OmniaProject, ref: string): Promise<ServerMapping | undefined> {
  for (const { path, version } of mappingPlaces) {
    const found = await serverFile(project, path, ref);
    if (found !== undefined) return { ...found, path, version: project.version ?? version };
  }
  // GitLab also says "not found" for what the token may not see; in that case its branch is not found either.
  await project.client.files.commits(project.project.id, { ref, count: 1 }, project.reading());
  return undefined;
}

/**
 * Omnia's restart settings, from the folder of a mapping file on a branch or commit. @throws GitLabError, NotUtf8Error
 */
export async function serverSwitches(
  project: OmniaProject,
  { path, version }: Pick<ServerMapping, 'path' | 'version'>,
  ref: string,
): Promise<PxeSwitches | undefined> {
  if (!traitsOf(version).switchesPxeBoot) return undefined;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const names = Object.values(switchFiles);
  const files = await Promise.all(names.map((name) => serverFile(project, folder + name, ref)));
  const texts = new Map(names.map((name, at) => [name as string, files[at]?.text]));
  return pxeSwitches((name) => texts.get(name), version);
}

/** failed_nodes.json of the default branch, as a run of this job uses it. @throws GitLabError, NotUtf8Error */
export async function serverList(project: OmniaProject, jobId: string | undefined): Promise<FailedList> {
  const text = project.listAfterCommit ?? (await serverFile(project, failedNodesPath, branchOf(project)))?.text;
  return failedListOf(text, jobId);
}

/** failed_nodes.json as data. Undefined if Omnia could not read it either. */
export function failedNodesIn({ text }: Pick<TextFile, 'text'>): FailedNodes | undefined {
  const list = failedListOf(text, undefined);
  return list.kind === 'own' ? list.nodes : undefined;
}

/** When the list was written, in milliseconds since 1970. Undefined if the file does not say. */
export function writtenMs({ timestamp }: FailedNodes): number | undefined {
  const ms = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(ms) ? undefined : ms;
}
