import { rowLinksIn, type RowLink } from '@omnia-buildstream/gitlab/trace/rowLinks';
import * as vscode from 'vscode';
import { findMapping, tooltipOf, type FoundMapping } from './mappingPlace.ts';

/** A place in a terminal that leads to a line, counted from 0. */
class RowTerminalLink extends vscode.TerminalLink {
  readonly mapping: FoundMapping;
  readonly line: number;

  constructor({ start, end }: RowLink, mapping: FoundMapping, line: number) {
    super(start, end - start, tooltipOf(mapping, line));
    this.mapping = mapping;
    this.line = line;
  }
}

/** In the terminals of running logs, "CSV row N" leads to the line of the mapping file. */
export function registerTerminalLinks(isLog: (terminal: vscode.Terminal) => boolean): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<RowTerminalLink> = {
    provideTerminalLinks: async ({ terminal, line }) => {
      const named = isLog(terminal) ? rowLinksIn(line) : [];
      const mapping = named.length === 0 ? undefined : await findMapping();
      if (mapping === undefined) return [];
      return named.flatMap((link) => {
        const at = mapping.rows.lineOfRow(link.row);
        return at === undefined ? [] : [new RowTerminalLink(link, mapping, at)];
      });
    },
    handleTerminalLink: async ({ mapping, line }) => {
      const document = await vscode.workspace.openTextDocument(mapping.uri);
      const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
      await vscode.window.showTextDocument(document, { selection: range });
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}
