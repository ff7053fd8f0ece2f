import { wholeFileTokenRows } from '@omnia-buildstream/core/language/limits';
import {
  semanticTokens as tokensOf,
  tokenModifiers,
  tokenTypes,
  type Token,
} from '@omnia-buildstream/core/language/semanticTokens';
import {
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type SemanticTokens,
  type SemanticTokensDelta,
} from 'vscode-languageserver';
import { withModel, type Feature } from '../session.ts';

/** The tokens last sent for a file, so that only the difference is sent next. */
interface Sent {
  readonly resultId: string;
  readonly data: readonly number[];
}

/**
 * `textDocument/semanticTokens`. In a large file only the visible part gets tokens: `null` for the whole file makes
 * editors keep requesting ranges.
 */
export const semanticTokens: Feature = (session) => {
  const { connection, documents } = session;
  const sent = new Map<string, Sent>();
  let lastId = 0;
  const full = (uri: string): (SemanticTokens & Sent) | null => {
    const model = documents.mapping(uri)?.model;
    if (model === undefined || model.rowCount > wholeFileTokenRows) {
      sent.delete(uri);
      return null;
    }
    const result = { resultId: String(++lastId), data: encode(tokensOf(model)) };
    for (const known of sent.keys()) if (documents.mapping(known) === undefined) sent.delete(known);
    sent.set(uri, result);
    return result;
  };
  connection.onRequest(SemanticTokensRequest.type, ({ textDocument }) => full(textDocument.uri));
  connection.onRequest(
    SemanticTokensDeltaRequest.type,
    ({ textDocument: { uri }, previousResultId }): SemanticTokens | SemanticTokensDelta | null => {
      const before = sent.get(uri);
      const now = full(uri);
      if (now === null || before?.resultId !== previousResultId) return now;
      return { resultId: now.resultId, edits: difference(before.data, now.data) };
    },
  );
  connection.onRequest(SemanticTokensRangeRequest.type, (params) =>
    withModel(session, params, (model) => ({ data: encode(tokensOf(model, params.range)) })),
  );
  return {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  };
};

/** Five numbers for each token. Line and character are relative to the previous token. */
function encode(tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    const isSameLine = token.line === line;
    data.push(token.line - line, isSameLine ? token.character - character : token.character, token.length);
    data.push(tokenTypes.indexOf(token.type), token.declaration ? 1 : 0);
    ({ line, character } = token);
  }
  return data;
}

/** The single span in which two lists differ. */
function difference(before: readonly number[], now: readonly number[]): SemanticTokensDelta['edits'] {
  let start = 0;
  while (start < before.length && before[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(before.length, now.length) - start;
  while (end < most && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  const deleteCount = before.length - start - end;
  if (deleteCount === 0 && now.length === before.length) return [];
  return [{ start, deleteCount, data: now.slice(start, now.length - end) }];
}
