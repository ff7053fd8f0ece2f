import { NotificationType } from 'vscode-languageserver';
import type { BuiltInJsonNotification, CommittedText, CommittedTextNotification } from '../protocol.ts';
import type { Feature } from '../session.ts';

const committedTextSet = new NotificationType<CommittedText>(
  'buildstream/committedText' satisfies CommittedTextNotification['method'],
);
const builtInJsonSet = new NotificationType<BuiltInJsonNotification['params']>(
  'buildstream/builtInJson' satisfies BuiltInJsonNotification['method'],
);

/** Receives what only the editor knows: files at git's HEAD, and whether it checks JSON schemas itself. */
export const committedText: Feature = ({ connection, documents, committed, failedNodes, news }) => {
  connection.onNotification(committedTextSet, ({ uri, text }) => {
    if (committed.set(uri, text)) news.changed(uri);
  });
  connection.onNotification(builtInJsonSet, ({ active }) => {
    failedNodes.builtInJson = active;
    for (const file of documents.failedNodesFiles()) failedNodes.changed(file);
  });
  return {};
};
