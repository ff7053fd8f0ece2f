import { formatIpv4, parseIpv4 } from '../mapping/addresses.ts';
import type { MappingRow } from '../mapping/row.ts';
import { smallest } from '../text/lists.ts';
import type { MappingModel } from '../validation/model.ts';
import type { SeriesColumn } from './addNodes.ts';

/** What the rows of a group have, and where the series of its nodes begin. */
export interface GroupFacts {
  readonly name: string;
  readonly count: number;
  readonly role: string;
  readonly parent: string;
  /** Empty where no row has a value that can be counted. */
  readonly starts: Readonly<Partial<Record<SeriesColumn, string>>>;
}

const series: readonly SeriesColumn[] = ['HOSTNAME', 'ADMIN_IP', 'BMC_IP', 'IB_IP', 'IB_IPV4'];
const collator = new Intl.Collator('en', { numeric: true });

/** In file order. */
export function groupsOf(model: MappingModel): GroupFacts[] {
  return [...model.index('GROUP_NAME')].map(([name, rows]) => {
    const text = rows[0]?.text;
    const starts = series.flatMap((column): [SeriesColumn, string][] => {
      const start = model.layout.cellOf[column] === undefined ? '' : startOf(rows, column);
      return start === '' ? [] : [[column, start]];
    });
    return {
      name,
      count: rows.length,
      role: text?.FUNCTIONAL_GROUP_NAME ?? '',
      parent: text?.PARENT_SERVICE_TAG ?? '',
      starts: Object.fromEntries(starts),
    };
  });
}

function startOf(rows: readonly MappingRow[], column: SeriesColumn): string {
  const values = rows.map(({ text }) => text[column]).filter((value) => value !== '');
  if (column === 'HOSTNAME') return values.toSorted(collator.compare)[0] ?? '';
  const first = smallest(values.flatMap((value) => parseIpv4(value) ?? []));
  return Number.isFinite(first) ? formatIpv4(first) : '';
}
