import type { Finding, Place } from '@omnia-buildstream/core/rules/rule';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import type { ReportedFinding, ReportedPlace } from './report.ts';

/** The findings of a model with their places and messages, in file order. */
export function reportFindings(model: MappingModel, errorsOnly: boolean): ReportedFinding[] {
  const all = model.sortedFindings();
  const wanted = errorsOnly ? all.filter((finding) => severityOf(finding, model.settings) === 'error') : all;
  return wanted.map((finding) => ({
    code: finding.rule.code,
    severity: severityOf(finding, model.settings),
    ...placeOf(model, finding.place),
    columnName: finding.place.column,
    message: renderMessage(finding.message, finding.params),
    related: finding.related.map(({ place, message, params }) => ({
      ...placeOf(model, place),
      message: renderMessage(message, params),
    })),
    subject: subjectOf(model, finding),
  }));
}

function placeOf({ document }: MappingModel, place: Place): ReportedPlace {
  const { start, end } = rangeOf(document, place);
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

function subjectOf(model: MappingModel, { place: { record } }: Finding): string {
  const text = record === undefined ? undefined : model.rowOf(record)?.text;
  if (text === undefined) return '';
  return text.HOSTNAME || text.SERVICE_TAG || text.BMC_IP;
}
