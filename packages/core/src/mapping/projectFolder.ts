import { traitsOf, type OmniaVersion } from './versions.ts';

/** A folder in which Omnia keeps its input files. */
export interface ProjectFolder {
  /** The end of the folder's path, outermost first. */
  readonly folders: readonly string[];
  /** How many of them lie below the folder that `miscellaneous` is beside. */
  readonly depth: number;
  /** The version whose layout this is. */
  readonly version: OmniaVersion;
}

/** The name of a project on the management server. */
const anyName = '*';

/**
 * Omnia's own places of the mapping file (omnia.md section 0): in its GitLab project, on the management server, in its
 * sources and in the data sets of its tests. The first whose folders match is the most exact one.
 */
const projectFolders: readonly ProjectFolder[] = [
  { folders: ['orchestrator', 'input', 'project_default'], depth: 3, version: '2.3' },
  { folders: ['input', 'orchestrator'], depth: 2, version: '2.3' },
  { folders: ['orchestrator', 'input', anyName], depth: 3, version: '2.3' },
  { folders: ['orchestrator', 'input'], depth: 2, version: '2.3' },
  // What a discovery found (omnia.md section 1.8).
  { folders: ['discovery', 'output', anyName], depth: 3, version: '2.3' },
  { folders: ['input', 'project_default'], depth: 2, version: '2.2' },
  { folders: ['datasets', 'project_default'], depth: 2, version: '2.2' },
  { folders: ['omnia', 'input', anyName], depth: 2, version: '2.2' },
  { folders: ['input'], depth: 1, version: '2.2' },
];

/** What the place of a file reveals. `path` is that of the file, with `/` between its parts. */
export function projectFolderOf(path: string): ProjectFolder | undefined {
  const parents = path.split('/').slice(0, -1);
  return projectFolders.find(({ folders }) => {
    const end = parents.slice(-folders.length);
    return end.length === folders.length && folders.every((name, at) => name === anyName || end[at] === name);
  });
}

/** Whether the place is one where the orchestrator has its input files, as from 2.3. */
export function isOrchestratorPlace(path: string): boolean {
  const place = projectFolderOf(path);
  return place !== undefined && traitsOf(place.version).folder === 'input/orchestrator';
}
