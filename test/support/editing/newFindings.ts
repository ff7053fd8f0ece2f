import assert from 'node:assert/strict';
import { cellValue, type CsvRecord } from '@omnia-buildstream/core/csv/record';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { Finding } from '@omnia-buildstream/core/rules/rule';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { comparePositions, type TextEdit } from '@omnia-buildstream/core/text/position';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../modelAt.ts';

/** Rules about the form of the file. None of our commands may introduce one of these findings. */
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

/** Rules about the whole cluster, reported once at its first row. Given rows may cause them. */
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
 * Asserts that each finding that `after` has and `before` lacks is not about the layout, and is on given text, is on a
 * row with the same text in that column, is on an empty cell of a new row, or names the given text that it contradicts.
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

/**
 * Asserts that a file in another layout, or of another version, has no more layout findings than the same text had when
 * read as that version, unless that had a finding that hides all others.
 */
export function assertNoNewLayoutFindings(before: MappingModel, after: MappingModel): void {
  if (before.findings().some(({ rule }) => rule.stops !== undefined)) return;
  const left = layoutCounts(before);
  for (const [code, found] of layoutCounts(after)) {
    assert.ok(found <= (left.get(code) ?? 0), `${code}\n${before.document.text()}\n->\n${after.document.text()}`);
  }
}

function layoutCounts(model: MappingModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of model.findings()) if (layoutRules.has(rule.code)) count(counts, rule.code, 1);
  return counts;
}

/**
 * Asserts that a change shows its findings at once: after the edits, the model that the server keeps has the findings
 * of the new text.
 * @returns a model of the new text, made from scratch
 */
export function changedAtOnce(text: string, edits: readonly TextEdit[], settings: ValidationSettings): MappingModel {
  const { model: kept } = modelAt(text, settings);
  kept.prepareForEdits();
  for (const edit of edits.toSorted((a, b) => comparePositions(b.range.start, a.range.start))) kept.edit(edit);
  const { model: fresh } = modelAt(applyEdits(text, edits), settings);
  assert.deepEqual(kept.findings().map(keyOf).sort(), fresh.findings().map(keyOf).sort());
  return fresh;
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function keyOf({ rule, message, params, place }: Finding): string {
  return [rule.code, message, JSON.stringify(params), String(place.cell), place.record?.cells.join(',')].join('\0');
}
