import type { Documents } from '../documents.ts';
import { isSiteFile } from './siteFiles.ts';

/** The text of an open buildstream.yml; undefined for anything else. */
export function siteTextOf(documents: Documents, uri: string): string | undefined {
  return isSiteFile(uri) ? documents.otherText(uri) : undefined;
}
