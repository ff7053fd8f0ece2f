import { outlineEntries } from '@omnia-buildstream/core/language/failedNodes/outline';
import { outline, type OutlineNode } from '@omnia-buildstream/core/language/outline';
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** `textDocument/documentSymbol`: the header with groups and their nodes, or the entries of failed_nodes.json. */
export const documentSymbol: Feature = (session) => {
  session.connection.onDocumentSymbol((params) => {
    const failed = session.documents.failedNodes(params.textDocument.uri);
    if (failed === undefined) return withModel(session, params, (model) => outline(model, session.say).map(toSymbol));
    return outlineEntries(failed.document).map((entry): DocumentSymbol => ({ ...entry, kind: SymbolKind.Object }));
  });
  return { documentSymbolProvider: true };
};

const symbolKinds = {
  header: SymbolKind.Struct,
  group: SymbolKind.Namespace,
  node: SymbolKind.Object,
} as const satisfies Readonly<Record<OutlineNode['kind'], SymbolKind>>;

function toSymbol({ kind, children, ...node }: OutlineNode): DocumentSymbol {
  return { ...node, kind: symbolKinds[kind], children: children.map(toSymbol) };
}
