import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { reportFindings } from '../../validate/findings.ts';

/** The header is row 1. */
const firstDataRow = 2;

/** The errors of a mapping file as Omnia's log has them: "CSV row N", blank lines not counted (omnia.md section 1.2). */
export function mappingErrorLines(text: string, version: OmniaVersion): string[] {
  const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  const rows = targetsOf(text, version);
  return reportFindings(new MappingModel(new CsvDocument(text), mappingRules, settings), true).map((finding) => {
    const index = rows.findIndex((row) => row.line === finding.line - 1);
    const place = index === -1 ? `line ${String(finding.line)}` : `CSV row ${String(index + firstDataRow)}`;
    return `${place}: ${finding.message}`;
  });
}
