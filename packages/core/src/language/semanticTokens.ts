import type { Range } from '../text/position.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import type { MappingModel } from '../validation/model.ts';
import { valueRange } from './cellSpot.ts';

/** Standard token types, which every theme colors. */
export const tokenTypes = [
  'keyword',
  'enumMember',
  'namespace',
  'class',
  'variable',
  'string',
  'number',
  'property',
  'comment',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** `declaration`: the tag or name of the row itself, as opposed to its parent's. */
export const tokenModifiers = ['declaration'] as const;

export interface Token {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
  readonly declaration: boolean;
}

const typeOf: Readonly<Record<ColumnName, TokenType>> = {
  FUNCTIONAL_GROUP_NAME: 'enumMember',
  GROUP_NAME: 'namespace',
  SERVICE_TAG: 'class',
  PARENT_SERVICE_TAG: 'class',
  HOSTNAME: 'variable',
  ADMIN_MAC: 'string',
  ADMIN_IP: 'number',
  BMC_MAC: 'string',
  BMC_IP: 'number',
  IB_NIC_NAME: 'property',
  IB_IP: 'number',
  IB_IPV4: 'number',
  IB_IPV6: 'number',
};

/** Tokens of the lines in `range`, in file order; of the whole file without it. Unknown columns get none. */
export function semanticTokens(model: MappingModel, range?: Range): Token[] {
  const { document, layout } = model;
  const first = range === undefined ? 0 : document.indexAtLine(range.start.line);
  const last = range === undefined ? document.records.length - 1 : document.indexAtLine(range.end.line);
  const tokens: Token[] = [];
  for (let index = first; index <= last; index++) {
    const record = document.records[index];
    // A token must not span lines, and such records are wrong in every version anyway.
    if (record?.lineCount !== 1) continue;
    const kind = model.kindOf(record);
    if (kind === 'blank') continue;
    if (kind === 'comment') {
      const { start, end } = document.recordRange(index);
      tokens.push({ ...start, length: end.character - start.character, type: 'comment', declaration: false });
      continue;
    }
    for (const cell of record.cells.keys()) {
      const column = columnAt(layout, cell);
      if (column === undefined) continue;
      const { start, end } = valueRange(model, record, index, cell);
      const length = end.character - start.character;
      if (length === 0) continue;
      const type = kind === 'header' ? 'keyword' : typeOf[column];
      const declaration = kind === 'row' && (column === 'SERVICE_TAG' || column === 'HOSTNAME');
      tokens.push({ ...start, length, type, declaration });
    }
  }
  return tokens;
}
