import { symbolsOf, type LogSymbol } from '@omnia-buildstream/gitlab/trace/symbols';
import * as vscode from 'vscode';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { durationText } from '../view/durationText.ts';
import { logScheme, type LogDocuments } from './logDocuments.ts';
import { logLinks } from './logLinks.ts';

const longestName = 120;

/** Folding, outline and links of finished logs. */
export function registerLogLanguage(logs: LogDocuments): DisposableStore {
  const store = new DisposableStore();
  const selector = { scheme: logScheme };
  store.add(
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: ({ uri }) =>
        (logs.logOf(uri)?.sections ?? [])
          .filter(({ startLine, endLine }) => endLine > startLine)
          .map(({ startLine, endLine }) => {
            return new vscode.FoldingRange(startLine, endLine, vscode.FoldingRangeKind.Region);
          }),
    }),
  );
  store.add(
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) => {
        const log = logs.logOf(document.uri);
        return log === undefined
          ? []
          : symbolsOf(log.sections, log.failures).map((symbol) => toSymbol(document, symbol));
      },
    }),
  );
  store.add(
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: async ({ uri }) => {
        const log = logs.logOf(uri);
        return log === undefined ? [] : logLinks(log);
      },
    }),
  );
  return store;
}

function toSymbol(document: vscode.TextDocument, symbol: LogSymbol): vscode.DocumentSymbol {
  if (symbol.kind === 'failure') {
    const { line, text, task } = symbol.failure;
    const { range } = document.lineAt(line);
    return new vscode.DocumentSymbol(shortened(text), task ?? '', vscode.SymbolKind.Event, range, range);
  }
  const { title, name, startLine, endLine, durationMs } = symbol.section;
  const first = document.lineAt(startLine).range;
  const range = first.union(document.lineAt(endLine).range);
  const duration = durationMs === undefined ? '' : durationText(durationMs / 1000);
  const shown = new vscode.DocumentSymbol(
    shortened(title === '' ? name : title),
    duration,
    vscode.SymbolKind.Module,
    range,
    first,
  );
  shown.children = symbol.children.map((child) => toSymbol(document, child));
  return shown;
}

function shortened(text: string): string {
  return text.length <= longestName ? text : `${text.slice(0, longestName)}…`;
}
