import { completeEntry } from '@omnia-buildstream/core/language/failedNodes/completion';
import { complete } from '@omnia-buildstream/core/language/completion';
import type { SuggestionKind } from '@omnia-buildstream/core/language/suggestion';
import { completeSite } from '@omnia-buildstream/core/language/site/completeSite';
import type { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
  type Position,
} from 'vscode-languageserver';
import { siteTextOf } from '../site/siteText.ts';
import { withFailedNodes, withModel, type Feature, type Session } from '../session.ts';

const kinds: Readonly<Record<SuggestionKind, CompletionItemKind>> = {
  role: CompletionItemKind.EnumMember,
  group: CompletionItemKind.Module,
  tag: CompletionItemKind.Reference,
  hostname: CompletionItemKind.Variable,
  address: CompletionItemKind.Value,
  mac: CompletionItemKind.Value,
  nic: CompletionItemKind.Property,
  column: CompletionItemKind.Field,
  header: CompletionItemKind.Struct,
  row: CompletionItemKind.Snippet,
};

/** `textDocument/completion` */
export const completion: Feature = (session) => {
  const { connection, documents } = session;
  connection.onCompletion((params) => {
    const site = siteTextOf(documents, params.textDocument.uri);
    if (site !== undefined) return inSite(session, site, params.position);
    const failed = documents.failedNodes(params.textDocument.uri);
    if (failed !== undefined) {
      return withFailedNodes(session, failed, ({ nodes }) => inEntries(session, nodes, params.position));
    }
    // In CSV, a quote begins a value that the user already has in mind.
    if (params.context?.triggerCharacter === quote) return null;
    return withModel(session, params, (model) => inMapping(session, model, params.position));
  });
  return { completionProvider: { triggerCharacters: [',', quote] } };
};

function inSite({ say }: Session, text: string, position: Position): CompletionList | null {
  const found = completeSite(text, position, say);
  if (found === undefined) return null;
  const items = found.items.map(({ kind, label, detail, newText }, index): CompletionItem => ({
    label,
    kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value,
    detail,
    sortText: sortText(index),
    textEdit: { range: found.range, newText },
  }));
  return { items, isIncomplete: false };
}

const quote = '"';

function inMapping({ say, client }: Session, model: MappingModel, position: Position): CompletionList | null {
  const found = complete(model, position, say);
  if (found === undefined) return null;
  const usable = found.items.filter(({ isSnippet }) => isSnippet !== true || client.canSnippets);
  const items = usable.map(({ kind, label, detail, newText, isSnippet }, index): CompletionItem => ({
    label,
    kind: kinds[kind],
    detail,
    sortText: sortText(index),
    textEdit: { range: found.range, newText },
    ...(isSnippet === true && { insertTextFormat: InsertTextFormat.Snippet }),
  }));
  return { items, isIncomplete: found.isIncomplete };
}

function inEntries({ say, failedNodes }: Session, nodes: NodeModel, position: Position): CompletionList | null {
  const found = completeEntry(nodes, position, say);
  if (found === undefined) return null;
  // The editor's JSON support offers the statuses from the schema.
  const items = found.items.filter(({ kind }) => kind !== 'status' || !failedNodes.builtInJson);
  return {
    isIncomplete: found.isIncomplete,
    items: items.map(({ kind, label, detail, newText, alsoEdits }, index): CompletionItem => ({
      label,
      kind: kind === 'status' ? CompletionItemKind.EnumMember : CompletionItemKind.Reference,
      detail,
      // Editors compare it with the replaced text, including quotes.
      filterText: newText,
      sortText: sortText(index),
      textEdit: { range: found.range, newText },
      ...(alsoEdits.length > 0 && { additionalTextEdits: [...alsoEdits] }),
    })),
  };
}

/** Keeps our order, which is better than the alphabetical one. */
function sortText(index: number): string {
  return String(index).padStart(4, '0');
}
