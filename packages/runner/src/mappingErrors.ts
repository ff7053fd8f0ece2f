import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { RunnerError } from './runnerError.ts';

/** Throws RunnerError for a mapping file with errors: nothing is powered from a file that Omnia would refuse. */
export function refuseMappingErrors(document: CsvDocument, version: OmniaVersion): void {
  const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  const findings = new MappingModel(document, mappingRules, settings).sortedFindings();
  const errors = findings.filter((finding) => severityOf(finding, settings) === 'error').length;
  if (errors > 0) throw new RunnerError({ reason: 'mapping-errors', errors });
}
