import { touches, type Range } from '@omnia-buildstream/core/text/position';
import type { Finding } from '@omnia-buildstream/core/rules/rule';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import type { Diagnostic } from 'vscode-languageserver';

/** A selection may span the whole file, but no one reads more fixes than these. */
const maxFindings = 50;

/** Findings that touch a range. If the editor names diagnostics, only those of them that are still true. */
export function findingsIn(model: MappingModel, range: Range, diagnostics: readonly Diagnostic[]): Finding[] {
  const { document } = model;
  const first = document.records[document.indexAtLine(range.start.line)]?.order ?? 0;
  const last = document.records[document.indexAtLine(range.end.line)]?.order ?? 0;
  const isNamed = ({ rule }: Finding, at: Range): boolean =>
    diagnostics.some((diagnostic) => diagnostic.code === rule.code && sameRange(diagnostic.range, at));
  const found: Finding[] = [];
  for (const finding of model.findings()) {
    const order = finding.place.record?.order ?? document.records[0]?.order ?? 0;
    // Ranges are expensive to compute; the order of records is not.
    if (order < first || order > last) continue;
    const at = rangeOf(document, finding.place);
    if (!touches(at, range) || (diagnostics.length > 0 && !isNamed(finding, at))) continue;
    found.push(finding);
    if (found.length >= maxFindings) break;
  }
  return found;
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
