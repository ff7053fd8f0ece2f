/** Where Omnia's GitLab project has the two files (omnia.md section 0): 2.2, then 2.3, then without folders. */

export const failedNodesName = 'failed_nodes.json';
const mappingName = 'pxe_mapping_file.csv';

/** The mapping file, relative to the project's folder. */
export const mappingPlaces: readonly string[] = [
  `input/${mappingName}`,
  `input/orchestrator/${mappingName}`,
  mappingName,
];

const failedPlaces: readonly string[] = [`miscellaneous/${failedNodesName}`, failedNodesName];

/** Where the mapping file of a failed_nodes.json may lie, likeliest first; relative to the latter. */
export function mappingPlacesFor(failedPath: string): string[] {
  const root = failedPath.split('/').at(-2) === 'miscellaneous' ? '../' : '';
  return [...new Set([...mappingPlaces.map((place) => root + place), mappingName])];
}

/** Where the failed_nodes.json of a mapping file may lie, likeliest first; relative to the latter. */
export function failedPlacesFor(mappingPath: string): string[] {
  const [folder, parent] = mappingPath.split('/').reverse().slice(1);
  const isDeep = folder === 'orchestrator' && parent === 'input';
  const root = isDeep ? '../../' : folder === 'input' ? '../' : '';
  return [...new Set([...failedPlaces.map((place) => root + place), failedNodesName])];
}
