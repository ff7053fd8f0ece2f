/**
 * The project folder of a mapping file: where its `input` lies, or the file itself when it lies elsewhere. Relative
 * paths of a stage start there, as those of the command line start from the folder it runs in.
 */
export function projectFolderOf(mappingFile: string): string {
  const parts = mappingFile.replaceAll('\\', '/').split('/').slice(0, -1);
  if (parts.at(-1) === 'orchestrator' && parts.at(-2) === 'input') parts.splice(-2);
  else if (parts.at(-1) === 'input') parts.pop();
  return parts.join('/') || '/';
}
