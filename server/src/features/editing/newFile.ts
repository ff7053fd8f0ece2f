import { newFileQuestions, newMappingText } from '@omnia-buildstream/core/editing/newFile';
import { RequestType } from 'vscode-languageserver';
import type { NewFileQuestionsRequest, NewFileRequest } from '../../tableProtocol.ts';
import type { Feature } from '../../session.ts';

const questions = new RequestType<NewFileQuestionsRequest['params'], NewFileQuestionsRequest['result'], void>(
  'buildstream/newFileQuestions' satisfies NewFileQuestionsRequest['method'],
);
const text = new RequestType<NewFileRequest['params'], NewFileRequest['result'], void>(
  'buildstream/newFile' satisfies NewFileRequest['method'],
);

/** The questions and the text for a new mapping file. The editor writes the file. */
export const newFile: Feature = ({ connection, say }) => {
  connection.onRequest(questions, (place) => newFileQuestions(place, say));
  connection.onRequest(text, (file) => newMappingText(file, say));
  return {};
};
