import { cellSpotAt } from '@omnia-buildstream/core/language/cellSpot';
import { occurrences } from '@omnia-buildstream/core/language/occurrences';
import { DocumentHighlightKind } from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** `textDocument/documentHighlight`: all occurrences of the value under the cursor. */
export const documentHighlight: Feature = (session) => {
  session.connection.onDocumentHighlight((params) =>
    withModel(session, params, (model) => {
      const spot = cellSpotAt(model, params.position);
      if (spot === undefined) return null;
      return occurrences(model, spot).map(({ range, defines }) => ({
        range,
        kind: defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    }),
  );
  return { documentHighlightProvider: true };
};
