import type { ColumnName } from '../mapping/columns.ts';

/** Keys of an entry that repeat a column of the mapping file. */
const columnOfKey: ReadonlyMap<string, ColumnName> = new Map<string, ColumnName>([
  ['bmc_ip', 'BMC_IP'],
  ['hostname', 'HOSTNAME'],
  ['service_tag', 'SERVICE_TAG'],
]);

export const joinedFields: readonly (readonly [key: string, column: ColumnName])[] = [...columnOfKey];

export function columnFor(key: string): ColumnName | undefined {
  return columnOfKey.get(key);
}

export function keyFor(column: ColumnName | undefined): string | undefined {
  return joinedFields.find(([, candidate]) => candidate === column)?.[0];
}
