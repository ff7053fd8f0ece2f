import { cellsOfColumn, columnOfPosition, neighbourCell } from '@omnia-buildstream/core/editing/columnCells';
import { groupsOf } from '@omnia-buildstream/core/editing/groupFacts';
import { tablePads } from '@omnia-buildstream/core/language/alignment';
import { RequestType } from 'vscode-languageserver';
import type { CellsRequest, ColumnRequest, GroupsRequest, PadsRequest } from '../../tableProtocol.ts';
import type { Feature } from '../../session.ts';

const cells = new RequestType<CellsRequest['params'], CellsRequest['result'], void>(
  'buildstream/cells' satisfies CellsRequest['method'],
);
const column = new RequestType<ColumnRequest['params'], ColumnRequest['result'], void>(
  'buildstream/column' satisfies ColumnRequest['method'],
);
const groups = new RequestType<GroupsRequest['params'], GroupsRequest['result'], void>(
  'buildstream/groups' satisfies GroupsRequest['method'],
);
const pads = new RequestType<PadsRequest['params'], PadsRequest['result'], void>(
  'buildstream/pads' satisfies PadsRequest['method'],
);

/** What the commands for columns and groups request about an open mapping file. */
export const tableQuestions: Feature = ({ connection, documents, say }) => {
  connection.onRequest(cells, ({ uri, at, want }) => {
    const model = documents.mapping(uri)?.model;
    if (model === undefined) return [];
    if (want === 'column') return cellsOfColumn(model, at);
    const next = neighbourCell(model, at, want === 'next' ? 1 : -1);
    return next === undefined ? [] : [next];
  });
  connection.onRequest(column, ({ uri, at }) => {
    const model = documents.mapping(uri)?.model;
    return model === undefined ? null : (columnOfPosition(model, at, say) ?? null);
  });
  connection.onRequest(groups, ({ uri }) => {
    const model = documents.mapping(uri)?.model;
    return model === undefined ? [] : groupsOf(model);
  });
  connection.onRequest(pads, ({ uri, range }) => {
    const model = documents.mapping(uri)?.model;
    return model === undefined ? { header: [], rows: [] } : tablePads(model, range);
  });
  return {};
};
