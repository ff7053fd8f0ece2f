import { alignmentPads } from '@omnia-buildstream/core/language/alignment';
import type { InlayHint } from 'vscode-languageserver';
import type { Feature } from '../session.ts';

/** Editors collapse ordinary spaces. */
const blank = '\u00a0';

/** `textDocument/inlayHint`: aligns columns without changing the file. Off unless the user turns it on. */
export const inlayHint: Feature = ({ connection, documents, validation }) => {
  connection.languages.inlayHint.on(({ textDocument, range }): InlayHint[] => {
    const document = documents.mapping(textDocument.uri);
    if (document === undefined || validation.settings(document)?.alignColumns !== true) return [];
    return alignmentPads(document.model, range).map(({ position, width }) => ({
      position,
      label: blank.repeat(width),
    }));
  });
  return { inlayHintProvider: true };
};
