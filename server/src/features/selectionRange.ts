import { selectionSteps } from '@omnia-buildstream/core/language/selection';
import type { SelectionRange } from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** `textDocument/selectionRange`: value, cell, row, group, file. */
export const selectionRange: Feature = (session) => {
  session.connection.onSelectionRanges((params) =>
    withModel(session, params, (model) =>
      params.positions.map((position) => {
        const nested = selectionSteps(model, position).reduceRight<SelectionRange | undefined>(
          (parent, range) => (parent === undefined ? { range } : { range, parent }),
          undefined,
        );
        return nested ?? { range: { start: position, end: position } };
      }),
    ),
  );
  return { selectionRangeProvider: true };
};
