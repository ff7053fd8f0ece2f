import { changeTable as change } from '@omnia-buildstream/core/editing/changeTable';
import { surveyImport } from '@omnia-buildstream/core/editing/importSurvey';
import { RequestType } from 'vscode-languageserver';
import type { ChangeTableRequest, SurveyImportRequest } from '../../tableProtocol.ts';
import type { Feature } from '../../session.ts';

const request = new RequestType<ChangeTableRequest['params'], ChangeTableRequest['result'], void>(
  'buildstream/changeTable' satisfies ChangeTableRequest['method'],
);

const survey = new RequestType<SurveyImportRequest['params'], SurveyImportRequest['result'], void>(
  'buildstream/surveyImport' satisfies SurveyImportRequest['method'],
);

/**
 * `buildstream/changeTable`: the edits of a command on many rows. `buildstream/surveyImport`: what an import would do.
 */
export const changeTable: Feature = ({ connection, documents, say }) => {
  connection.onRequest(request, ({ uri, version, action }) => {
    const document = documents.mapping(uri);
    if (document === undefined || document.isTooLarge || document.version !== version) return null;
    return change(document.model, action, say) ?? null;
  });
  connection.onRequest(survey, ({ uri, table, map }) => {
    const document = documents.mapping(uri);
    return document === undefined || document.isTooLarge ? null : surveyImport(document.model, table, map, say);
  });
  return {};
};
