import { projectFolderOf as placeOf } from '@omnia-buildstream/core/mapping/projectFolder';

/**
 * The project folder of a mapping file: the folder that contains its `input`, or the folder of the file itself if the
 * file is elsewhere. Relative paths of a stage start there, as those of the command line start from its working folder.
 */
export function projectFolderOf(mappingFile: string): string {
  const file = mappingFile.replaceAll('\\', '/');
  const parts = file.split('/').slice(0, -1);
  const depth = placeOf(file)?.depth ?? 0;
  return parts.slice(0, parts.length - depth).join('/') || '/';
}
