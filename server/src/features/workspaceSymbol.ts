import { findNodes } from '@omnia-buildstream/core/nodes/findNodes';
import { rowPlace } from '@omnia-buildstream/core/language/nodes/places';
import { SymbolKind, type SymbolInformation } from 'vscode-languageserver';
import type { Feature } from '../session.ts';

/** More than anyone reads; a longer query narrows the list. */
const maxSymbols = 200;

/** `workspace/symbol`: the hostnames in all known mapping files. */
export const workspaceSymbol: Feature = ({ connection, pairs }) => {
  connection.onWorkspaceSymbol(async ({ query }) => {
    const found: SymbolInformation[] = [];
    for (const { uri, model } of await pairs.known()) {
      for (const row of findNodes(model, query, maxSymbols - found.length)) {
        const { HOSTNAME, GROUP_NAME } = row.text;
        const location = { uri, range: rowPlace(model, row, 'HOSTNAME') };
        found.push({ name: HOSTNAME, kind: SymbolKind.Object, location, containerName: GROUP_NAME });
      }
    }
    return found;
  });
  return { workspaceSymbolProvider: true };
};
