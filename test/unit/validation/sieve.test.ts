import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { reservedHostnames } from '@omnia-buildstream/core/rules/reservedHostname';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { areAllKnown, reachOf } from '@omnia-buildstream/core/validation/sieve/ruleReach';
import { Sieve } from '@omnia-buildstream/core/validation/sieve/sieve';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { mappingFile } from '../../../bench/mappingFile.mjs';
import { largeFile } from '../../support/cluster.ts';
import { fleetNetwork, fleetText } from '../../support/fleetText.ts';
import { validationSettings } from '../../support/mappingText.ts';
import { runs } from '../../support/runs.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const sieveOf = (text: string, mostAsText?: number): Sieve | undefined =>
  Sieve.of(new TextEncoder().encode(text), decode, mostAsText);
const settings: ValidationSettings = { version: '2.2', context: {}, overrides: new Map(), encoding: { kind: 'utf8' } };

/** Findings in order, with everything that a report shows about them. */
function report(model: MappingModel): string[] {
  const place = (at: Parameters<typeof rangeOf>[1]): string => JSON.stringify(rangeOf(model.document, at));
  return model
    .sortedFindings()
    .map(({ rule, place: at, message, params, related }) =>
      [rule.code, place(at), message, JSON.stringify(params), ...related.map((other) => place(other.place))].join(' '),
    );
}

test('what is found behind the sieve is what is found in the whole file', () => {
  const found = new Set<string>();
  let [sieved, total] = [0, 0];
  fc.assert(
    fc.property(fleetText, validationSettings, fc.boolean(), fc.boolean(), (text, usual, isOwnNetwork, isSmall) => {
      const wanted = isOwnNetwork ? { ...usual, context: { ...usual.context, network: fleetNetwork } } : usual;
      total++;
      // Uses the reader for small files, or that for large ones.
      const sieve = sieveOf(text, isSmall ? undefined : 0);
      const model = sieve?.judge(mappingRules, wanted);
      if (sieve === undefined || model === undefined) return;
      const whole = new CsvDocument(text);
      assert.equal(versionOf('', sieve.document), versionOf('', whole));
      assert.deepEqual(report(model), report(new MappingModel(whole, mappingRules, wanted)));
      if (model.document.records.length === whole.records.length) return;
      sieved++;
      for (const { rule } of model.findings()) found.add(rule.code);
    }),
    { numRuns: runs(200) },
  );
  assert.ok(sieved > total / 3, `rows were left out in ${String(sieved)} of ${String(total)} files`);
  const reached = new Set([...found].map((code) => reachOf({ code })));
  assert.deepEqual([...reached].sort(), ['address', 'alike', 'first', 'key', 'line']);
});

/**
 * Cells in which single-row rules have findings. The sieve's expressions exist for speed only and must not affect any
 * of them.
 */
const judged: readonly (readonly [column: number, cells: readonly string[]])[] = [
  [4, [...reservedHostnames, 'nid001', 'Upper', 'a_b', '-a', 'a-', 'a'.repeat(64)]],
  [5, ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:01', '04-00:00:00:00:09', '04:00:00:00:00']],
  [6, ['0.0.0.0', '10.5.0.256', '10.5.00.9', '10.5.0', '10.5.0.9.1', '255.255.255.256']],
  [8, ['0.0.0.0', '10.6.0.999', '010.6.0.9']],
];

test('whatever a rule says of a cell is said behind the sieve of small files and of large ones', () => {
  const lines = largeFile(200).trimEnd().split('\n');
  // Far down, because of similar rows the first ones are kept in any case.
  const at = 150;
  for (const [column, cells] of judged) {
    for (const cell of cells) {
      const changed = (lines[at] ?? '').split(',').with(column, cell).join(',');
      const text = `${lines.with(at, changed).join('\n')}\n`;
      const whole = report(new MappingModel(new CsvDocument(text), mappingRules, settings));
      for (const mostAsText of [undefined, 0]) {
        const model = sieveOf(text, mostAsText)?.judge(mappingRules, settings);
        assert.ok(model !== undefined, cell);
        assert.deepEqual(report(model), whole, `${cell} in column ${String(column)}`);
      }
    }
  }
});

test('it is known of every rule how far its findings reach', () => {
  assert.ok(areAllKnown(mappingRules));
});

test('a rule that nobody has thought about has every row judged', () => {
  const unknown = mappingRules.slice(0, 1).map((rule) => ({ ...rule, code: 'of-tomorrow' }));
  const sieve = sieveOf(mappingFile(200));
  assert.equal(sieve?.judge([...mappingRules, ...unknown], settings), undefined);
});

test('of a large file without faults a row of each kind is judged', () => {
  const model = sieveOf(mappingFile(20_000))?.judge(mappingRules, settings);
  assert.ok(model !== undefined && model.document.records.length < 250);
  assert.equal(model.document.lineCount, 20_002);
  assert.deepEqual(report(model), []);
});
