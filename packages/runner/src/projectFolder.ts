import { projectFolderOf as placeOf } from '@omnia-buildstream/core/mapping/projectFolder';

/**
 * The project folder of a mapping file: where its `input` lies, or the file itself when it lies elsewhere. Relative
 * paths of a stage start there, as those of the command line start from the folder it runs in.
 */
export function projectFolderOf(mappingFile: string): string {
  const file = mappingFile.replaceAll('\\', '/');
  const parts = file.split('/').slice(0, -1);
  const depth = placeOf(file)?.depth ?? 0;
  return parts.slice(0, parts.length - depth).join('/') || '/';
}
