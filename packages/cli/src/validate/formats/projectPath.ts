import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A path for formats that count from the project's folder: relative to `cwd` when it is inside, with `/`. */
export function projectPath(file: string, cwd: string): string {
  if (file === '-') return 'stdin';
  const fullPath = path.resolve(cwd, file);
  const relative = path.relative(cwd, fullPath);
  const isOutside = relative.split(path.sep)[0] === '..' || path.isAbsolute(relative);
  return (isOutside ? fullPath : relative).replaceAll(path.sep, '/');
}

/** The same path as a URI: relative, or `file:` outside the project. */
export function projectUri(projectFile: string): string {
  if (path.isAbsolute(projectFile)) return pathToFileURL(projectFile).href;
  return projectFile.split('/').map(encodeURIComponent).join('/');
}
