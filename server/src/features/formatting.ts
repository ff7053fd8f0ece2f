import { trimPadding } from '@omnia-buildstream/core/language/format';
import { withModel, type Feature } from '../session.ts';

/**
 * `textDocument/formatting` and `textDocument/rangeFormatting`: removes blanks around values and changes nothing else.
 */
export const formatting: Feature = (session) => {
  session.connection.onDocumentFormatting((params) => withModel(session, params, (model) => [...trimPadding(model)]));
  session.connection.onDocumentRangeFormatting((params) =>
    withModel(session, params, (model) => [...trimPadding(model, params.range)]),
  );
  return { documentFormattingProvider: true, documentRangeFormattingProvider: true };
};
