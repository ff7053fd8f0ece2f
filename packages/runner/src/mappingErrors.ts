import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { errorCount } from '@omnia-buildstream/core/validation/errorCount';
import { RunnerError } from './runnerError.ts';

/** Throws RunnerError for a mapping file with errors: nothing is powered from a file that Omnia would refuse. */
export function refuseMappingErrors(document: CsvDocument, version: OmniaVersion): void {
  const errors = errorCount(document, version);
  if (errors > 0) throw new RunnerError({ reason: 'mapping-errors', errors });
}

/** How many errors a mapping file has for a version. */
export function errorsIn(text: string, version: OmniaVersion): number {
  return errorCount(new CsvDocument(text), version);
}
