import { changeTable as change } from '@omnia-buildstream/core/editing/changeTable';
import { RequestType } from 'vscode-languageserver';
import type { ChangeTableRequest } from '../../tableProtocol.ts';
import type { Feature } from '../../session.ts';

const request = new RequestType<ChangeTableRequest['params'], ChangeTableRequest['result'], void>(
  'buildstream/changeTable' satisfies ChangeTableRequest['method'],
);

/** `buildstream/changeTable`: what a command does to many rows, as one list of edits. */
export const changeTable: Feature = ({ connection, documents, say }) => {
  connection.onRequest(request, ({ uri, version, action }) => {
    const document = documents.mapping(uri);
    if (document === undefined || document.isTooLarge || document.version !== version) return null;
    return change(document.model, action, say) ?? null;
  });
  return {};
};
