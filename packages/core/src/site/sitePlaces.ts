import { projectFolderOf } from '../mapping/projectFolder.ts';

export const siteFileName = 'buildstream.yml';

/**
 * Where the buildstream.yml of a mapping file may be, nearest first; the first that exists counts, whatever it says. It
 * is in the project folder or in a folder above it, up to the folder that is open or that the command runs in.
 *
 * @param mappingPath absolute, with `/` between its parts
 * @param top absolute; undefined, or a folder that the file is not in: the project folder only
 */
export function sitePlacesFor(mappingPath: string, top: string | undefined): readonly string[] {
  const parents = mappingPath.split('/').slice(0, -1);
  let folder = parents.slice(0, parents.length - (projectFolderOf(mappingPath)?.depth ?? 0));
  const end = top === undefined ? folder : top.replace(/\/$/, '').split('/');
  const isInside = end.every((part, at) => folder[at] === part);
  const places = [`${folder.join('/')}/${siteFileName}`];
  while (isInside && folder.length > end.length) {
    folder = folder.slice(0, -1);
    places.push(`${folder.join('/')}/${siteFileName}`);
  }
  return places;
}
