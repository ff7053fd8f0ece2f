import { deleteRecord, encodeCell, setRawCell } from '../csv/edits.ts';
import { cellValue, isComment, type CsvRecord } from '../csv/record.ts';
import { isKnownGroup } from '../mapping/functionalGroups.ts';
import { sightHeader } from '../mapping/headerSight.ts';
import { columnAt } from '../mapping/layout.ts';
import { isCommentedNode, readRow } from '../mapping/row.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import type { Params } from '../text/message.ts';
import { headerMessages, headerRepairs } from './headerRepairs.ts';
import type { FixScope, Rule, Scope } from './rule.ts';

const messages = {
  refused: 'Omnia {version} refuses comment lines; from 2.3 the validator skips them.',
  header:
    'The validator skips this comment, but the restart stage reads it as the header, finds no BMC_IP, and stops before it boots a node. The group generator drops every row.',
  row: 'The validator and the deploy stage skip this row, but the restart stage ignores comment marks: it PXE-boots {host} ({bmc}) anyway, and stops if another row has its BMC_IP or ADMIN_IP. To leave a node out of one run, mark it as booted in failed_nodes.json.',
  noRow:
    'The validator skips this comment, but the restart stage reads it as a row without valid addresses and stops before it boots a node.',
  numbered: 'The first column is called #, so Omnia {version} reads the header as a comment and refuses it.',
  removeCell: headerMessages.removeCell,
  uncomment: 'Remove the # and keep the row',
  remove: 'Remove the comment line',
} as const;

/**
 * Rule 13 of omnia.md section 1.3: no line whose first visible character is `#`. Of 2.3 only the validator knows comments:
 * its restart stage takes each for a row (section 4.1), and so does generate_functional_groups.py.
 */
export const commentLine: Rule = {
  code: 'comment-line',
  levels: levels({ '2.1': 'error', '2.3': 'warning' }),
  messages,
  checkRecord(record, kind, scope) {
    const { version, layout } = scope;
    if (record === layout.header) {
      if (isComment(record)) report(record, messages.numbered, scope, { version });
    } else if (!traitsOf(version).readsComments) {
      if (classicFault(record, kind === 'comment', scope)) report(record, messages.refused, scope, { version });
    } else if (kind === 'comment' && layout.header !== undefined) {
      const [message, params] = laterFault(record, scope);
      report(record, message, scope, params);
    }
  },
  fixes({ place: { record }, message }, scope) {
    if (message === messages.numbered) return headerRepairs(scope);
    const { document, layout, version } = scope;
    // Without it the file would have no header at all.
    if (record?.lineCount !== 1 || isHeaderBelow(record, scope)) return [];
    const remove = { title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: false };
    if (message !== messages.row) return [remove];
    const raw = strip(cellValue(record.cells[0] ?? '')).replace(/^#+/, '');
    // What a spreadsheet left, such as #N/A, was never meant as a comment.
    const isRole = columnAt(layout, 0) !== 'FUNCTIONAL_GROUP_NAME' || isKnownGroup(strip(raw), version);
    if (!isRole || standsTwice(record, scope)) return [remove];
    const edits = [setRawCell(document, record, 0, encodeCell(strip(raw), document.delimiter))];
    return [{ title: messages.uncomment, params: {}, edits, safe: false }, remove];
  },
};

/** Whether it is the header, which a sign or a first column called # makes a comment, below lines that are none. */
function isHeaderBelow(record: CsvRecord, { document, layout }: Scope): boolean {
  const sight = sightHeader(document, layout);
  return sight.kind === 'below' && sight.header === record;
}

/** Whether another row has what only one node may have: an old version of that row, kept behind a `#`. */
function standsTwice(record: CsvRecord, scope: FixScope): boolean {
  const { text } = readRow(record, scope.layout);
  const unique = ['SERVICE_TAG', 'HOSTNAME', 'ADMIN_IP', 'BMC_IP', 'IB_IP'] as const;
  return unique.some((column) => text[column] !== '' && scope.find(column, text[column]).length > 0);
}

function report(record: CsvRecord, message: string, scope: Scope, params: Params): void {
  scope.report({ record, cell: undefined, column: undefined }, message, params);
}

/** A comment above the header is worse: Omnia takes it for the header, which missing-column says. */
function classicFault(record: CsvRecord, isComment: boolean, { layout }: Scope): boolean {
  if (isComment) return record.order > (layout.header?.order ?? Infinity);
  return record.lineCount > 1 && record.cells.some((cell) => /[\r\n][^\S\r\n]*#/.test(cell));
}

function laterFault(record: CsvRecord, { layout, version }: Scope): [message: string, params: Params] {
  if (record.order < (layout.header?.order ?? 0)) return [messages.header, {}];
  if (!isCommentedNode(record, layout, version)) return [messages.noRow, {}];
  const { text } = readRow(record, layout);
  return [messages.row, { host: text.HOSTNAME, bmc: text.BMC_IP }];
}
