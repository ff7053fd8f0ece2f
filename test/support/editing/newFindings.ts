import assert from 'node:assert/strict';
import { cellValue, type CsvRecord } from '@omnia-buildstream/core/csv/record';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { Finding } from '@omnia-buildstream/core/rules/rule';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';

/** Rules about the form of the file: no command of ours may bring one of these. */
const layoutRules = new Set([
  'csv-syntax',
  'header-contract',
  'missing-column',
  'crash-header-spelling',
  'header-spelling',
  'duplicate-column',
  'unknown-column',
  'column-order',
  'repeated-header',
  'tabs-between-cells',
  'ragged-row',
  'blank-line',
  'byte-order-mark',
  'no-data',
]);

/** Rules about the whole cluster, told once at its first row: rows that are given may be what they are about. */
const clusterRules = new Set([
  'no-login-node',
  'no-kube-worker',
  'no-slurm-controller',
  'no-slurm-worker',
  'many-slurm-controllers',
  'few-control-planes',
  'even-control-planes',
  'mixed-os-releases',
]);

/**
 * Each finding that `after` has and `before` lacks lies on text that was given, on a row that has the same text in that
 * column, or on a cell of a new row that was left empty, or says what text that was given it contradicts; and none is
 * about the layout.
 */
export function assertNewFindingsAreOfTheSource(
  before: MappingModel,
  after: MappingModel,
  isNew: (record: CsvRecord) => boolean,
  given: ReadonlySet<string>,
): void {
  const known = new Map<string, number>();
  for (const finding of before.findings()) count(known, keyOf(finding), 1);
  for (const finding of after.findings()) {
    const key = keyOf(finding);
    if ((known.get(key) ?? 0) > 0) {
      count(known, key, -1);
      continue;
    }
    const { rule, place } = finding;
    const told = `${rule.code}: ${finding.message} ${JSON.stringify(finding.params)}\n${after.document.text()}`;
    assert.ok(!layoutRules.has(rule.code), told);
    const { record, cell } = place;
    if (record === undefined || clusterRules.has(rule.code)) continue;
    const value = strip(cellValue(record.cells[cell ?? 0] ?? ''));
    const contradicted = Object.values(finding.params).some((param) => given.has(String(param)));
    assert.ok(given.has(value) || contradicted || (isNew(record) && value === ''), told);
  }
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function keyOf({ rule, message, params, place }: Finding): string {
  return [rule.code, message, JSON.stringify(params), String(place.cell), place.record?.cells.join(',')].join('\0');
}
