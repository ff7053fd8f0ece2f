import { projectFolderOf } from '../mapping/projectFolder.ts';

/**
 * Where Omnia's GitLab project has the two files (omnia.md section 0): 2.2, then 2.3, then without folders, then where
 * the stage engine keeps the state of its restarts.
 */

export const failedNodesName = 'failed_nodes.json';
const mappingName = 'pxe_mapping_file.csv';

/** The mapping file, relative to the project's folder. */
export const mappingPlaces: readonly string[] = [
  `input/${mappingName}`,
  `input/orchestrator/${mappingName}`,
  mappingName,
];

/** The state folder of a restart by the stage engine, seen from the project. */
export const engineStateFolder = '.buildstream/restart';

/** What was run, one file a run, seen from the project. */
export const historyFolder = '.buildstream/history';

/** Where what the management server was given is kept, relative to the project. */
export const oimStateFolder = '.buildstream/server';

/** What the management server reported about the last followed restart, relative to the project. */
export const toldListPlace = `${oimStateFolder}/restart_told.json`;

/** What windows have seen of nodes besides restarts, relative to the project. */
export const seenPlace = '.buildstream/nodes/seen.json';

const failedPlaces: readonly string[] = [
  `miscellaneous/${failedNodesName}`,
  failedNodesName,
  `${engineStateFolder}/${failedNodesName}`,
];

/** Where the mapping file of a failed_nodes.json may lie, likeliest first; relative to the latter. */
export function mappingPlacesFor(failedPath: string): string[] {
  const root = '../'.repeat(depthOf(failedPath));
  return [...new Set([...mappingPlaces.map((place) => root + place), mappingName])];
}

/** The folder of the project that a failed_nodes.json belongs to; paths with `/` between their parts. */
export function projectOfFailedList(failedPath: string): string {
  const parts = failedPath.split('/').slice(0, -1);
  return parts.slice(0, parts.length - depthOf(failedPath)).join('/') || '/';
}

/** How many folders a failed_nodes.json is below its project. */
function depthOf(failedPath: string): number {
  const [folder, parent] = failedPath.split('/').reverse().slice(1);
  if ([engineStateFolder, oimStateFolder].includes(`${parent ?? ''}/${folder ?? ''}`)) return 2;
  return folder === 'miscellaneous' ? 1 : 0;
}

/** Where the failed_nodes.json of a mapping file may lie, likeliest first; relative to the latter. */
export function failedPlacesFor(mappingPath: string): string[] {
  const root = '../'.repeat(projectFolderOf(mappingPath)?.depth ?? 0);
  return [...new Set([...failedPlaces.map((place) => root + place), failedNodesName])];
}
