/**
 * The URI of the file that `relative` names, seen from the folder of `uri`. Undefined for documents that are in no
 * folder.
 */
export function resolveUri(relative: string, uri: string): string | undefined {
  try {
    return new URL(relative, uri).href;
  } catch {
    return undefined;
  }
}

/** The URI of the file that a path in a file's text names, whatever characters the path contains. */
export function resolvePath(path: string, uri: string): string | undefined {
  // A lone surrogate cannot be encoded.
  return resolveUri(encodeURI(path.replaceAll(/\p{Surrogate}/gu, '\ufffd')), uri);
}

/** The decoded path of a document, with `/` as separator. Empty if the document is in no folder. */
export function pathOf(uri: string): string {
  try {
    const { pathname } = new URL(uri);
    return pathname.startsWith('/') ? decodeURIComponent(pathname) : '';
  } catch {
    return '';
  }
}

/** A key that is equal for equal URIs: editors escape the same URI in different ways. */
export function uriKey(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

export function baseName(uri: string): string {
  return pathOf(uri).split('/').at(-1) ?? '';
}

/** The URI of a folder with a trailing slash, so that relative names resolve below it. */
export function asFolder(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}
