import * as vscode from 'vscode';
import { findMapping, tooltipOf, type FoundMapping } from './mappingPlace.ts';
import { namesMapping, placesIn, type MappingLink } from './mappingRows.ts';

/** A link in a terminal to a line of the mapping file, counted from 0. */
class MappingTerminalLink extends vscode.TerminalLink {
  readonly mapping: FoundMapping;
  readonly line: number;

  constructor({ start, end, at }: MappingLink, mapping: FoundMapping) {
    super(start, end - start, tooltipOf(mapping, at));
    this.mapping = mapping;
    this.line = at;
  }
}

/** In the terminals of running logs, links rows and nodes to their line of the mapping file. */
export function registerTerminalLinks(isLog: (terminal: vscode.Terminal) => boolean): vscode.Disposable {
  const provider: vscode.TerminalLinkProvider<MappingTerminalLink> = {
    provideTerminalLinks: async ({ terminal, line }) => {
      const mapping = isLog(terminal) && namesMapping(line) ? await findMapping() : undefined;
      if (mapping === undefined) return [];
      return placesIn(line, mapping.rows).map((link) => new MappingTerminalLink(link, mapping));
    },
    handleTerminalLink: async ({ mapping, line }) => {
      const document = await vscode.workspace.openTextDocument(mapping.uri);
      const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
      await vscode.window.showTextDocument(document, { selection: range });
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}
