import path from 'node:path';
import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';

/** Guesses the version from the place of the file (`-` has none) and its content. */
export function detect(file: string, document: CsvDocument, cwd: string): OmniaVersion {
  return versionOf(file === '-' ? '' : path.resolve(cwd, file), document);
}
