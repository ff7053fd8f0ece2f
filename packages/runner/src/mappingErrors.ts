import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { swallowsRows } from '@omnia-buildstream/core/mapping/swallowsRows';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';
import { errorCount } from '@omnia-buildstream/core/validation/errorCount';

/**
 * The obstacles that a mapping file poses to a stage, for every backend: Omnia would refuse a file with errors, and
 * does not see the rows below an open quote.
 */
export function mappingObstacles(document: CsvDocument, version: OmniaVersion): readonly Obstacle[] {
  const errors = errorCount(document, version);
  if (errors > 0) return [{ kind: 'mapping-errors', errors }];
  const { unclosed } = document;
  if (!swallowsRows(document, version)) return [];
  const lines = unclosed.map((record) => document.lineOf(document.indexOf(record)));
  return [{ kind: 'stage-ends', obstacle: { kind: 'open-quote', lines, values: [] } }];
}

export const mappingErrorTexts = {
  checksOnly: 'The mapping file has errors for Omnia {version} ({errors}). The checks are run; nothing is handed over.',
  found:
    'The mapping file has errors for Omnia {version} ({errors}). Correct them: the Problems view and "buildstream validate" have each with its line.',
} as const;

/** @throws UserError for a mapping file with obstacles: nothing is powered on from a file that Omnia would refuse */
export function refuseMappingErrors(document: CsvDocument, version: OmniaVersion): void {
  const [obstacle] = mappingObstacles(document, version);
  if (obstacle !== undefined) throw new UserError(obstacle);
}
