import { setCell } from '../csv/edits.ts';
import { parseIpv6 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import type { MappingRow } from '../mapping/row.ts';
import { suggestValue } from './suggest.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  noNic: 'An InfiniBand address needs a port. Fill in IB_NIC_NAME, or clear the address.',
  noAddress: 'An InfiniBand port needs an address. Fill in {column}, or clear IB_NIC_NAME.',
  clear: 'Empty the InfiniBand cells of this node',
  fill: 'Fill in {value}',
} as const;

/** Rule 11 of omnia.md section 1.3; after 2.3 a port needs an IPv4 address, and one of IPv6 needs a port (section 1.6). */
export const ibPair: Rule = {
  code: 'ib-pair',
  levels: levels({ '2.2': 'error' }),
  messages,
  checkRow(row, scope) {
    const [column = 'IB_IP', ...others] = addressColumns(scope);
    const hasNic = row.text.IB_NIC_NAME !== '';
    const hasAddress = row.text[column] !== '';
    if (hasNic ? hasAddress : !hasAddress && others.every((other) => row.text[other] === '')) return;
    // A wrong address of IPv6 is told first: what the port was to have is not sure until then.
    if (hasNic && others.some((other) => row.text[other] !== '' && parseIpv6(row.text[other]) === undefined)) return;
    if (hasNic) scope.report(scope.at(row, column), messages.noAddress, { column });
    else scope.report(scope.at(row, 'IB_NIC_NAME'), messages.noNic);
  },
  fixes(finding, scope) {
    const { record } = finding.place;
    const row = record === undefined ? undefined : scope.rowOf(record);
    if (row === undefined) return [];
    const edits = filled(row, scope).map((cell) => setCell(scope.document, row.record, cell, ''));
    return [{ title: messages.clear, params: {}, edits, safe: false }];
  },
  suggestions: (finding, scope) => suggestValue(finding, scope, messages.fill),
};

/** Columns that hold an InfiniBand address in this file. */
function addressColumns({ layout, version }: Scope): readonly ColumnName[] {
  if (!traitsOf(version).dualStack) return ['IB_IP'];
  return layout.cellOf.IB_IP === undefined ? ['IB_IPV4', 'IB_IPV6'] : ['IB_IP', 'IB_IPV4', 'IB_IPV6'];
}

function filled(row: MappingRow, scope: Scope): number[] {
  return (['IB_NIC_NAME', ...addressColumns(scope)] as const).flatMap((column) =>
    row.text[column] === '' ? [] : (scope.layout.cellOf[column] ?? []),
  );
}
