import { columnIndex } from './columnIndex.ts';

/** One cell of row `row`, counted from the first data row (0), and how it changes. */
interface Mistake {
  readonly row: number;
  readonly column: Parameters<typeof columnIndex>[0];
  readonly change: (cell: string, rows: readonly (readonly string[])[]) => string;
}

/** Mistakes that Omnia 2.2 would refuse or that would cause harm later; each shows a different rule. */
const mistakes: readonly Mistake[] = [
  { row: 0, column: 'FUNCTIONAL_GROUP_NAME', change: (role) => role.replace('service_kube', 'Service_Kube') },
  { row: 9, column: 'ADMIN_MAC', change: (mac) => mac.replaceAll(':', '.') },
  { row: 10, column: 'ADMIN_IP', change: (_, rows) => rows[9]?.[columnIndex('ADMIN_IP')] ?? '' },
  { row: 12, column: 'HOSTNAME', change: (name) => name.replace('-', '_') },
  { row: 14, column: 'BMC_IP', change: (_, rows) => rows[13]?.[columnIndex('BMC_IP')] ?? '' },
  { row: 16, column: 'PARENT_SERVICE_TAG', change: () => 'LB0WR0NG' },
];

/** A mapping file with six mistakes in it, to practice on. */
export function withMistakes(mappingFile: string): string {
  const [header = '', ...lines] = mappingFile.trimEnd().split('\n');
  const rows = lines.map((line) => line.split(','));
  for (const { row, column, change } of mistakes) {
    const cells = rows[row];
    const at = columnIndex(column);
    if (cells !== undefined) cells[at] = change(cells[at] ?? '', rows);
  }
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}
