import { parse } from 'csv-parse/sync';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { randomSource } from './mappingFile.mjs';
import { measure, measureCpu, percentile } from './statistics.mjs';

const letters = 'abcdef0123456789.:-';

/**
 * @typedef {import('@omnia-buildstream/core/validation/settings').ValidationSettings} ValidationSettings
 * @typedef {import('@omnia-buildstream/core/text/position').TextEdit} TextEdit
 */

/**
 * Parsing a text and computing all findings, from scratch.
 * @param {string} text
 * @param {ValidationSettings} settings
 * @param {number} times
 */
export function measureValidation(text, settings, times) {
  const runs = measure(times, () => new MappingModel(new CsvDocument(text), mappingRules, settings).sortedFindings());
  return { medianMs: percentile(runs, 0.5) };
}

/**
 * From a keystroke at a random place to all findings in the new text.
 * @param {string} text
 * @param {ValidationSettings} settings
 * @param {number} keystrokes
 */
export function measureEdits(text, settings, keystrokes) {
  const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
  // As the language server does after publishing its findings.
  model.prepareForEdits();
  const random = randomSource(1);
  const key = () => {
    model.edit(randomEdit(model.document, random));
    model.findings();
  };
  // Processor time, because a busy machine delays a keystroke by more than it takes.
  const runs = Array.from({ length: keystrokes }, () => measureCpu(key));
  return { p50Ms: percentile(runs, 0.5), p95Ms: percentile(runs, 0.95), maxMs: Math.max(...runs) };
}

/**
 * The same without incremental validation: csv-parse parses the whole text, then all rules judge all rows. Our own
 * lexer creates the records that the rules need; its time is not counted.
 * @param {string} text
 * @param {ValidationSettings} settings
 * @param {number} keystrokes
 */
export function measureNaiveEdits(text, settings, keystrokes) {
  const document = new CsvDocument(text);
  const random = randomSource(1);
  const runs = Array.from({ length: keystrokes }, () => {
    document.edit(randomEdit(document, random));
    const changed = document.text();
    const options = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
    const [parsing = 0] = measure(1, () => parse(changed, options));
    const fresh = new CsvDocument(changed);
    const [judging = 0] = measure(1, () => new MappingModel(fresh, mappingRules, settings).findings());
    return parsing + judging;
  });
  return { p50Ms: percentile(runs, 0.5), p95Ms: percentile(runs, 0.95) };
}

/**
 * A letter typed in a random cell of a random row.
 * @param {CsvDocument} document
 * @param {(below: number) => number} random
 * @returns {TextEdit}
 */
function randomEdit(document, random) {
  const index = 1 + random(document.records.length - 2);
  const cell = random(document.records[index]?.cells.length ?? 1);
  const { end } = document.cellRange(index, cell);
  return { range: { start: end, end }, newText: letters[random(letters.length)] ?? 'a' };
}
