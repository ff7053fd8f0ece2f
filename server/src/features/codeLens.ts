import type { CodeLens } from 'vscode-languageserver';
import { viewOf, withFailedNodes, type Feature } from '../session.ts';
import { isObject } from '../settings.ts';
import { entryLenses } from './entryLenses.ts';
import { groupLenses, groupTitle } from './groupLenses.ts';

/** `textDocument/codeLens` and `codeLens/resolve`: entries of failed_nodes.json, groups of the mapping file. */
export const codeLens: Feature = (session) => {
  const { connection, documents, say } = session;
  connection.onCodeLens(async ({ textDocument: { uri } }): Promise<CodeLens[] | null> => {
    const failed = documents.failedNodes(uri);
    if (failed !== undefined) return withFailedNodes(session, failed, (view) => entryLenses(view, say));
    if (documents.mapping(uri) === undefined) return null;
    const view = await viewOf(session, uri);
    return view.failed === undefined ? null : groupLenses(view, uri);
  });
  connection.onCodeLensResolve(async (lens) => {
    const data: unknown = lens.data;
    if (!isObject(data) || typeof data['uri'] !== 'string' || typeof data['group'] !== 'string') return lens;
    const { uri, group } = data as { uri: string; group: string };
    const { nodes } = await viewOf(session, uri);
    return {
      ...lens,
      command: { title: groupTitle(nodes, group, say), command: 'buildstream.showPlan', arguments: [uri] },
    };
  });
  return { codeLensProvider: { resolveProvider: true } };
};
