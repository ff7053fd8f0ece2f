import type { CsvDocument } from '../csv/document.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { mappingRules } from '../rules/registry.ts';
import { MappingModel } from './model.ts';
import { severityOf } from './settings.ts';

/** How many errors that make Omnia refuse it a mapping file has, with the usual severities. */
export function errorCount(document: CsvDocument, version: OmniaVersion): number {
  const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  const findings = new MappingModel(document, mappingRules, settings).findings();
  return findings.filter((finding) => severityOf(finding, settings) === 'error').length;
}
