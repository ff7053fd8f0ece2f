import { encodeCell } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { readRow, type MappingRow } from '../mapping/row.ts';
import { nextInSeries } from '../mapping/series.ts';
import { nextValue } from '../rules/suggest.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import type { CellSpot } from './cellSpot.ts';
import { firstFreeAddress, macSuggestions, nicSuggestions } from './completeHardware.ts';
import { roleSuggestions } from './completeRole.ts';
import { plain, type Suggestion, type SuggestionKind } from './suggestion.ts';

export const cellMessages = {
  sameAsNeighbour: 'as in the row above',
  used: 'in use',
  free: 'next free group',
  nextName: 'next in the series',
  nextAddress: 'next free address',
  sameGroup: 'parent of {group}, {host}',
} as const;

/** Values for one cell of a row, or of a line that is still empty; the likeliest first. */
export function completeCell(model: MappingModel, spot: CellSpot, say: Say): Suggestion[] {
  const { column } = spot;
  if (column === undefined) return [];
  const row = spot.row ?? readRow(spot.record, model.layout);
  const seen = new Set<string>();
  return valuesFor(model, row, column, say)
    .map((item) => ({ ...item, newText: encodeCell(item.newText, model.document.delimiter) }))
    .filter(({ label }) => !seen.has(label) && seen.add(label));
}

function valuesFor(model: MappingModel, row: MappingRow, column: ColumnName, say: Say): Suggestion[] {
  switch (column) {
    case 'FUNCTIONAL_GROUP_NAME':
      return roleSuggestions(model, row, say);
    case 'GROUP_NAME':
      return groupSuggestions(model, row, say);
    case 'PARENT_SERVICE_TAG':
      return parentSuggestions(model, row, say);
    case 'HOSTNAME':
      return next(model, row, column, 'hostname', say(cellMessages.nextName));
    case 'ADMIN_IP':
    case 'BMC_IP':
    case 'IB_IP':
    case 'IB_IPV4': {
      const found = next(model, row, column, 'address', say(cellMessages.nextAddress));
      return found.length > 0 || column !== 'ADMIN_IP' ? found : firstFreeAddress(model, say(cellMessages.nextAddress));
    }
    case 'ADMIN_MAC':
    case 'BMC_MAC':
      return macSuggestions(model, row, column, say);
    case 'IB_NIC_NAME':
      return nicSuggestions(model, say);
    case 'SERVICE_TAG':
    case 'IB_IPV6':
      return [];
  }
}

function next(
  model: MappingModel,
  row: MappingRow,
  column: ColumnName,
  kind: SuggestionKind,
  detail: string,
): Suggestion[] {
  const found = nextValue(model, row, column);
  return found === undefined ? [] : [plain(kind, found, detail)];
}

function groupSuggestions(model: MappingModel, row: MappingRow, say: Say): Suggestion[] {
  const same = nextValue(model, row, 'GROUP_NAME');
  const groups = model.index('GROUP_NAME');
  const nextRack = nextInSeries(lastRack(groups.keys()), (candidate) => groups.has(candidate));
  const unit = [...groups.keys()].findLast((name) => /^SU/i.test(name));
  const nextUnit = unit === undefined ? [] : [nextInSeries(unit, (candidate) => groups.has(candidate))];
  return [
    ...(same === undefined ? [] : [plain('group', same, say(cellMessages.sameAsNeighbour))]),
    ...[nextRack, ...nextUnit].map((name) => plain('group', name, say(cellMessages.free))),
    ...[...groups.keys()].map((name) => plain('group', name, say(cellMessages.used))),
  ];
}

/** The rack group with the highest number, or the one before `grp0`. */
function lastRack(names: Iterable<string>): string {
  let highest = -1;
  for (const name of names) if (/^grp[0-9]{1,3}$/.test(name)) highest = Math.max(highest, Number(name.slice(3)));
  return `grp${String(highest)}`;
}

/** First the parent that the group has already: all rows of a group must have the same. */
function parentSuggestions(model: MappingModel, row: MappingRow, say: Say): Suggestion[] {
  const group = row.text.GROUP_NAME;
  const tag = model.find('GROUP_NAME', group).find((other) => other !== row && other.text.PARENT_SERVICE_TAG !== '')
    ?.text.PARENT_SERVICE_TAG;
  const host = tag === undefined ? '' : (model.find('SERVICE_TAG', tag)[0]?.text.HOSTNAME ?? '');
  const ofGroup = tag === undefined ? [] : [plain('tag', tag, say(cellMessages.sameGroup, { group, host }))];
  const workers = [...model.index('FUNCTIONAL_GROUP_NAME')]
    .filter(([role]) => role.includes('kube_node'))
    .flatMap(([, rows]) => rows);
  return [
    ...ofGroup,
    ...workers.flatMap(({ text }) => (text.SERVICE_TAG === '' ? [] : plain('tag', text.SERVICE_TAG, text.HOSTNAME))),
  ];
}
