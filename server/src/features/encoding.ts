import { NotificationType } from 'vscode-languageserver';
import type { DocumentEncoding, DocumentEncodingNotification } from '../protocol.ts';
import type { Feature } from '../session.ts';

const documentEncoding = new NotificationType<DocumentEncoding>(
  'buildstream/documentEncoding' satisfies DocumentEncodingNotification['method'],
);

/** Receives the encoding in which the editor reads and writes a file, for the rules about bytes. */
export const encoding: Feature = ({ connection, documents, failedNodes, validation }) => {
  connection.onNotification(documentEncoding, ({ uri, encoding: name }) => {
    const file = documents.failedNodes(uri);
    if (file !== undefined) {
      file.setEncoding(name);
      failedNodes.changed(file);
    }
    const document = documents.mapping(uri);
    if (document === undefined) return;
    document.setEncoding(name);
    validation.reencoded(document);
  });
  return {};
};
