import { outlineEntries } from '@omnia-buildstream/core/language/failedNodes/outline';
import { outline, type OutlineNode } from '@omnia-buildstream/core/language/outline';
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** `textDocument/documentSymbol`: groups and their nodes, or the entries of failed_nodes.json. */
export const documentSymbol: Feature = (session) => {
  session.connection.onDocumentSymbol((params) => {
    const failed = session.documents.failedNodes(params.textDocument.uri);
    if (failed === undefined) return withModel(session, params, (model) => outline(model, session.say).map(toSymbol));
    return outlineEntries(failed.document).map((entry): DocumentSymbol => ({ ...entry, kind: SymbolKind.Object }));
  });
  return { documentSymbolProvider: true };
};

function toSymbol({ kind, children, ...node }: OutlineNode): DocumentSymbol {
  const symbolKind = kind === 'group' ? SymbolKind.Namespace : SymbolKind.Object;
  return { ...node, kind: symbolKind, children: children.map(toSymbol) };
}
