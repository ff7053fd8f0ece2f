import { setCells } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { isGroupName } from '../mapping/groupNames.ts';
import type { MappingRow } from '../mapping/row.ts';
import { modelTargets } from '../nodes/modelTargets.ts';
import { changeNotices, noticePhrase } from '../plan/planNotices.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import type { Range } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';
import { editingTexts } from './editingTexts.ts';
import { rowsIn } from './places.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface MoveToGroup {
  readonly kind: 'move-to-group';
  readonly ranges: readonly Range[];
  readonly group: string;
}

/** Moves rows to another group, along with its role and parent: each group has one of each. */
export function moveToGroup(model: MappingModel, { ranges, group }: MoveToGroup, say: Say): TableChange {
  const { document, layout, version } = model;
  if (!isGroupName(group, version)) return refusedChange(say(editingTexts.noGroup, { group, version }));
  const rows = rowsIn(model, ranges).filter(({ text }) => text.GROUP_NAME !== group);
  if (rows.length === 0 || layout.cellOf.GROUP_NAME === undefined) return refusedChange(say(editingTexts.noRow));
  const moving = new Set(rows);
  const [member] = model.find('GROUP_NAME', group).filter((row) => !moving.has(row));
  const role = member?.text.FUNCTIONAL_GROUP_NAME ?? '';
  const values: [ColumnName, string][] = [['GROUP_NAME', group]];
  if (role !== '') values.push(['FUNCTIONAL_GROUP_NAME', role]);
  if (member !== undefined) values.push(['PARENT_SERVICE_TAG', member.text.PARENT_SERVICE_TAG]);
  const changes = new Map(rows.map((row) => [row.record, cellsOf(model, row, values)]));
  const lines = new Set(rows.map(({ record }) => document.lineOf(document.indexOf(record))));
  const before = modelTargets(model);
  const after = before.map((target) =>
    lines.has(target.line) && role !== '' ? { ...target, functionalGroup: role, groupName: group } : target,
  );
  const gets = (column: ColumnName, value: string): boolean => rows.some(({ text }) => text[column] !== value);
  return {
    edits: setCells(document, changes),
    count: rows.length,
    notes: [
      ...changeNotices(before, after).map((notice) => wordsOf(noticePhrase(notice), say)),
      ...(role !== '' && gets('FUNCTIONAL_GROUP_NAME', role) ? [say(editingTexts.roleOfGroup, { role, group })] : []),
      ...(member !== undefined && gets('PARENT_SERVICE_TAG', member.text.PARENT_SERVICE_TAG)
        ? [say(editingTexts.parentOfGroup, { group })]
        : []),
    ],
    refused: null,
  };
}

function cellsOf(
  { layout }: MappingModel,
  { text }: MappingRow,
  values: readonly (readonly [ColumnName, string])[],
): ReadonlyMap<number, string> {
  return new Map(
    values.flatMap(([column, value]): [number, string][] => {
      const cell = layout.cellOf[column];
      return cell === undefined || text[column] === value ? [] : [[cell, value]];
    }),
  );
}
