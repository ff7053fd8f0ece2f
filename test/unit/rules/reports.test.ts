import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { markText } from '@omnia-buildstream/core/failedNodes/markText';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { omniaTargetsOf, targetsOf } from '@omnia-buildstream/core/plan/targets';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';

/** Inputs of public bug reports, each with what the real code does with it; kinds of our own stand beside the rules. */
const folder = path.resolve(import.meta.dirname, '../../../../shared/cases/reports');
const skip = existsSync(folder) ? false : 'the folder of reports is not here';

function read(name: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path.join(folder, name)));
}

function codesOf(text: string): string[] {
  const settings = { version: '2.3', context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  return new MappingModel(new CsvDocument(text), mappingRules, settings).sortedFindings().map(({ rule }) => rule.code);
}

suite('inputs of bug reports', { skip }, () => {
  const restarts: [file: string, code: string, kind: string | undefined][] = [
    ['restart23_commented.csv', 'comment-line', undefined],
    ['restart23_above.csv', 'comment-line', 'line-above-header'],
    ['restart23_blankline.csv', 'blank-line', 'blank-line'],
    ['restart23_nobmc.csv', 'needed-later', 'no-bmc-ip'],
    ['restart23_dupbmc.csv', 'dup-bmc-ip', 'shared-bmc-ip'],
  ];
  for (const [file, code, kind] of restarts) {
    test(`${file}: told by validate and by the plan`, () => {
      const text = read(`33-omnia-restart/${file}`);
      assert.ok(codesOf(text).includes(code), codesOf(text).join());
      assert.deepEqual(
        obstaclesOf(text, '2.3').map((obstacle) => obstacle.kind),
        kind === undefined ? [] : [kind],
      );
    });
  }

  test('restart23_commented.csv: the plan has the node that is commented out', () => {
    const text = read('33-omnia-restart/restart23_commented.csv');
    const commented = omniaTargetsOf(text, '2.3').filter(({ isCommented }) => isCommented);
    assert.ok(commented.length > 0);
    assert.equal(omniaTargetsOf(text, '2.3').length, targetsOf(text, '2.3').length + commented.length);
  });

  for (const file of [
    '06-failed-nodes-with-bom/miscellaneous/failed_nodes.json',
    '33-omnia-restart/failed_nodes_bom.json',
  ]) {
    test(`${file}: the stage fails on it; a mark goes without the byte order mark`, () => {
      const text = read(file);
      const codes = checkFailedNodes({ document: readFailedNodesDocument(text) }).map(({ rule }) => rule.code);
      assert.ok(codes.includes('failed-nodes-encoding'), codes.join());
      assert.equal(failedListOf(text, undefined).kind, 'broken');
      assert.ok(!markText(text, 'all', 'success').startsWith('\ufeff'));
    });
  }

  for (const name of ['a', 'b']) {
    test(`07-failed-nodes-duplicate-keys/${name}: check and plan say which one counts`, () => {
      const text = read(`07-failed-nodes-duplicate-keys/${name}/miscellaneous/failed_nodes.json`);
      const codes = checkFailedNodes({ document: readFailedNodesDocument(text) }).map(({ rule }) => rule.code);
      assert.ok(codes.includes('failed-nodes-doubled-key'), codes.join());
      const list = failedListOf(text, undefined);
      assert.ok(list.kind === 'own' && (list.nodes.doubledKeys ?? []).length > 0);
    });
  }
});
