import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { refuseMappingErrors } from '@omnia-buildstream/runner/mappingErrors';
import { inWords } from './runnerProblem.ts';

/** Throws CannotRun for a mapping file with errors: nothing is powered from a file that Omnia would refuse. */
export function checkMapping(file: string, document: CsvDocument, version: OmniaVersion): void {
  try {
    refuseMappingErrors(document, version);
  } catch (error) {
    throw inWords(error, file);
  }
}
