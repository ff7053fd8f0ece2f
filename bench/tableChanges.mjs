import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import { tablePads } from '@omnia-buildstream/core/language/alignment';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { comparePositions } from '@omnia-buildstream/core/text/position';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { mappingFile } from './mappingFile.mjs';
import { measure, measureCpu, percentile } from './statistics.mjs';

/**
 * @typedef {import('@omnia-buildstream/core/validation/settings').ValidationSettings} ValidationSettings
 * @typedef {import('@omnia-buildstream/core/editing/changeTable').TableAction} TableAction
 */

/**
 * From a command on a file of 10,000 rows until the edits are applied to the model, including findings, as in the
 * language server. Medians in ms, of wall-clock and processor time.
 * @param {ValidationSettings} settings
 * @returns {Record<string, { readonly ms: number, readonly cpuMs: number }>}
 */
export function measureTableChanges(settings) {
  const text = mappingFile(10_000);
  const fresh = () => {
    const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
    model.prepareForEdits();
    return model;
  };
  /** @param {(model: MappingModel) => TableAction} action */
  const change = (action) => {
    const runs = Array.from({ length: 5 }, () => {
      const model = fresh();
      const wanted = action(model);
      return timed(() => {
        const made = changeTable(model, wanted, (template, params) => renderMessage(template, params));
        const edits = [...(made?.edits ?? [])].sort((a, b) => comparePositions(b.range.start, a.range.start));
        for (const edit of edits) model.edit(edit);
        model.findings();
      });
    });
    return medians(runs);
  };
  const rows = mappingFile(11_001).split('\n').slice(10_001, 11_001);
  /** @param {MappingModel} model @param {number} cell */
  const column = (model, cell) => Array.from({ length: 9_999 }, (_, at) => model.document.cellRange(2 + at, cell));
  return {
    'paste 1,000 rows': change(() => ({ kind: 'paste', text: rows.join('\n').replaceAll(',', '\t') })),
    'sort 10,000 rows': change((model) => ({
      kind: 'sort',
      at: model.document.cellRange(0, 8).start,
      isDescending: true,
    })),
    'fill down 10,000 rows': change((model) => ({ kind: 'fill-down', ranges: column(model, 9) })),
    'fill series 10,000 rows': change((model) => ({ kind: 'fill-series', ranges: column(model, 8) })),
    'align a screen': (() => {
      const model = fresh();
      const range = { start: { line: 5_000, character: 0 }, end: { line: 5_060, character: 0 } };
      return medians(Array.from({ length: 20 }, () => timed(() => tablePads(model, range))));
    })(),
  };
}

/** @typedef {{ readonly ms: number, readonly cpuMs: number }} Time */

/**
 * @param {() => unknown} work
 * @returns {Time}
 */
function timed(work) {
  let cpuMs = 0;
  const [ms = 0] = measure(1, () => (cpuMs = measureCpu(work)));
  return { ms, cpuMs };
}

/**
 * @param {readonly Time[]} runs
 * @returns {Time}
 */
function medians(runs) {
  const median = (/** @type {number[]} */ values) => percentile(values, 0.5);
  return { ms: median(runs.map(({ ms }) => ms)), cpuMs: median(runs.map(({ cpuMs }) => cpuMs)) };
}
