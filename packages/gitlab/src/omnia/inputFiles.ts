import { inputLayouts } from '@omnia-buildstream/core/context/inputFiles';
import { catalogPath } from './projectFiles.ts';

/** Changing it starts a cadence, which builds, deploys and restarts without asking again. */
export const cadenceCatalogPath = 'cadence_catalog_rhel.json';

/** In addition to what the stages send to the management server (omnia.md sections 2 and 8). */
const otherNames = ['software_config.json', 'discovery_config.yml', 'functional_group_config.yml'];

/** Names of Omnia's input files below `input/`, none of which holds secrets. */
export const inputNames: readonly string[] = [
  ...new Set([...inputLayouts.flatMap(({ names }) => names), ...otherNames]),
].sort();

export const catalogPaths: readonly string[] = [catalogPath, cadenceCatalogPath];

/** Whether it is one of Omnia's known input files: below `input/` or in a folder there, or a catalog at the root. */
export function isKnownInput(path: string): boolean {
  const [top, ...rest] = path.split('/');
  const name = rest.at(-1);
  return (top === 'input' && rest.length <= 2 && name !== undefined && inputNames.includes(name)) || isCatalog(path);
}

/** Whether it is a file that a run may use as input. */
export function isInput(path: string): boolean {
  return path.startsWith('input/') || isCatalog(path);
}

/** The end of a file's path that is the path of a known input in its project. Undefined for any other file. */
export function inputPathIn(file: string): string | undefined {
  const parts = file.replaceAll('\\', '/').split('/');
  return [3, 2, 1].map((count) => parts.slice(-count).join('/')).find(isKnownInput);
}

function isCatalog(path: string): boolean {
  return catalogPaths.includes(path);
}
