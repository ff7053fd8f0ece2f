import { folds } from '@omnia-buildstream/core/language/folding';
import { FoldingRangeKind } from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** `textDocument/foldingRange`: neighboring rows of a group, blocks of comments. */
export const foldingRange: Feature = (session) => {
  session.connection.onFoldingRanges((params) =>
    withModel(session, params, (model) =>
      folds(model).map(({ kind, startLine, endLine }) => ({
        startLine,
        endLine,
        kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
      })),
    ),
  );
  return { foldingRangeProvider: true };
};
