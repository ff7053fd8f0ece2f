import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { CannotRun } from '../cannotRun.ts';
import { reportFindings } from '../validate/findings.ts';

/** Throws CannotRun for a mapping file with errors: nothing is powered from a file that Omnia would refuse. */
export function checkMapping(file: string, document: CsvDocument, version: OmniaVersion): void {
  const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  const findings = reportFindings(new MappingModel(document, mappingRules, settings), true);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return;
  const count = errors === 1 ? 'an error' : `${String(errors)} errors`;
  throw new CannotRun('file', `${file} has ${count}, so no node is touched. See: buildstream validate ${file}`);
}
