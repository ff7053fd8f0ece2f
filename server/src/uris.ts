/** The file that `relative` names from the folder of `uri`; undefined for documents that lie in no folder. */
export function resolveUri(relative: string, uri: string): string | undefined {
  try {
    return new URL(relative, uri).href;
  } catch {
    return undefined;
  }
}

/** The file that a path in a file's text names, whatever characters it has. */
export function resolvePath(path: string, uri: string): string | undefined {
  // Half a surrogate pair cannot be encoded.
  return resolveUri(encodeURI(path.replaceAll(/\p{Surrogate}/gu, '\ufffd')), uri);
}

/** The decoded path of a document with `/` between its parts; empty when it lies in no folder. */
export function pathOf(uri: string): string {
  try {
    const { pathname } = new URL(uri);
    return pathname.startsWith('/') ? decodeURIComponent(pathname) : '';
  } catch {
    return '';
  }
}

/** Editors escape the same URI in different ways. */
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

/** The URI of a folder, so that relative names resolve below it. */
export function asFolder(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}
