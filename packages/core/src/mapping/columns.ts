import { visibleForm } from '../text/hiddenCharacters.ts';
import { traitsOf, type OmniaVersion } from './versions.ts';

/** Every column that some version of Omnia reads, in the order of the 2.3 header (omnia.md section 1.1). */
export const columnNames = [
  'FUNCTIONAL_GROUP_NAME',
  'GROUP_NAME',
  'SERVICE_TAG',
  'PARENT_SERVICE_TAG',
  'HOSTNAME',
  'ADMIN_MAC',
  'ADMIN_IP',
  'BMC_MAC',
  'BMC_IP',
  'IB_NIC_NAME',
  'IB_IP',
  'IB_IPV4',
  'IB_IPV6',
] as const;
export type ColumnName = (typeof columnNames)[number];

const baseColumns: readonly ColumnName[] = columnNames.slice(0, 9);

/** The header that 2.3 demands exactly; 2.2 reads the same columns in any order, the last two optionally. */
export const canonicalHeader: readonly ColumnName[] = columnNames.slice(0, 11);

/** The header after 2.3, with InfiniBand addresses of both families. */
export const dualStackHeader: readonly ColumnName[] = [...baseColumns, 'IB_NIC_NAME', 'IB_IPV4', 'IB_IPV6'];

/** Headers that a version accepts (2.3 and later) or knows (before), the preferred one first. */
export function headersOf(version: OmniaVersion): readonly (readonly ColumnName[])[] {
  const { infiniband, dualStack, fixedColumns } = traitsOf(version);
  if (!infiniband) return [baseColumns];
  if (dualStack) return [dualStackHeader, canonicalHeader];
  return fixedColumns ? [canonicalHeader] : [canonicalHeader, baseColumns];
}

/** Columns that a version reads. */
export function columnsOf(version: OmniaVersion): ReadonlySet<ColumnName> {
  return new Set(headersOf(version).flat());
}

/** Columns whose header must exist in 2.1 and 2.2, in the order in which Omnia looks for them. */
export const requiredColumns: readonly ColumnName[] = baseColumns;

/** Columns whose cells must not be empty. */
export function requiredCells(version: OmniaVersion): readonly ColumnName[] {
  return traitsOf(version).fixedColumns
    ? ['FUNCTIONAL_GROUP_NAME', 'GROUP_NAME', 'HOSTNAME', 'ADMIN_MAC', 'ADMIN_IP']
    : baseColumns.filter((name) => name !== 'PARENT_SERVICE_TAG');
}

/** Names that older builds or typing errors used, and the column they meant (omnia.md sections 1.1 and 1.7). */
export const formerColumnNames: ReadonlyMap<string, ColumnName> = new Map<string, ColumnName>([
  ['IB_MAC', 'IB_NIC_NAME'],
  ['IB_NIC', 'IB_NIC_NAME'],
  ['IB_NAME', 'IB_NIC_NAME'],
  ['MAC', 'ADMIN_MAC'],
  ['IP', 'ADMIN_IP'],
  ['HOST_NAME', 'HOSTNAME'],
  ['FUNCTIONAL_GROUP', 'FUNCTIONAL_GROUP_NAME'],
  ['GROUP', 'GROUP_NAME'],
  ['PARENT', 'PARENT_SERVICE_TAG'],
  ['IDRAC_MAC', 'BMC_MAC'],
  ['IDRAC_IP', 'BMC_IP'],
]);

export function isColumnName(text: string): text is ColumnName {
  return (columnNames as readonly string[]).includes(text);
}

const compactNames: ReadonlyMap<string, ColumnName> = new Map(
  [...columnNames.map((name) => [name, name] as const), ...formerColumnNames].map(([name, column]) => [
    name.replaceAll('_', ''),
    column,
  ]),
);

/** The column that a name means to a person: case, all signs around and between its words, and what nobody sees are ignored. */
export function columnMeant(name: string): ColumnName | undefined {
  if (name.length > 40) return undefined;
  const shown = visibleForm(name)?.value ?? name;
  return compactNames.get(shown.replaceAll(/[^A-Za-z0-9]+/g, '').toUpperCase());
}
