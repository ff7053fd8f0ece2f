import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { markText } from '@omnia-buildstream/core/failedNodes/markText';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { omniaTargetsOf, targetsOf } from '@omnia-buildstream/core/plan/targets';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import type { Finding } from '@omnia-buildstream/core/rules/rule';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { fixedText } from '@omnia-buildstream/core/validation/fixAll';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

/**
 * Inputs of public bug reports, each with what the real code does with it. Cases of our own are in the tests of the
 * rules.
 */
const folder = path.resolve(import.meta.dirname, '../../../../shared/cases/reports');
const skip = existsSync(folder) ? false : 'The reports beside the repository are not here.';

const mappingPlace = 'input/pxe_mapping_file.csv';

function read(name: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path.join(folder, name)));
}

function codesOf(text: string): string[] {
  return modelAt(text, { version: '2.3' })
    .model.sortedFindings()
    .map(({ rule }) => rule.code);
}

function judged(
  name: string,
  version: OmniaVersion,
): { readonly model: MappingModel; readonly errors: readonly Finding[] } {
  const { model } = modelAt(read(name), { version });
  const found = model.sortedFindings();
  return { model, errors: found.filter((finding) => severityOf(finding, model.settings) === 'error') };
}

/** The only error, its first fix, and the errors that remain after "fix all". */
function repaired(name: string) {
  const { model, errors } = judged(name, '2.2');
  const [error] = errors;
  assert.equal(errors.length, 1, errors.map(({ rule }) => rule.code).join());
  assert.ok(error !== undefined);
  const fixes = model.fixes(error);
  const after = modelAt(applyEdits(model.document.text(), fixes[0]?.edits ?? []), { version: '2.2' }).model;
  const all = fixedText(read(name), model.settings, mappingRules);
  return { error, title: fixes[0]?.title, fixes, left: errorsIn(after), leftOfAll: errorsIn(all.remaining), all };
}

function errorsIn(model: MappingModel): number {
  return model.findings().filter((finding) => severityOf(finding, model.settings) === 'error').length;
}

suite('inputs of bug reports', { skip }, () => {
  for (const [name, title, isInFixAll] of [
    ['a-sep', 'Remove the lines above the header', true],
    ['b-title', 'Remove the lines above the header', false],
    ['c-number-column', 'Remove the column #', true],
    ['d-commented-header', 'Remove the #', true],
    ['e-spaces', "Change to '{columns}'", true],
  ] as const) {
    test(`17-fix-makes-header-worse/${name}: ${title}, and the file is right`, () => {
      const { error, title: offered, left, leftOfAll } = repaired(`17-fix-makes-header-worse/${name}/${mappingPlace}`);
      assert.equal(offered, title);
      assert.equal(left, 0);
      assert.equal(leftOfAll === 0, isInFixAll);
      if (name === 'a-sep') assert.match(error.message, /Excel/);
    });
  }

  for (const place of ['', 'mac/']) {
    test(`18-invisible-character-in-address/${place}: the character is named, and taken out by "fix all" too`, () => {
      const name = `18-invisible-character-in-address/${place}${mappingPlace}`;
      const { error, left, all } = repaired(name);
      assert.match(String(error.params['character']), /U\+200B/);
      assert.equal(left, 0);
      assert.equal(all.text, read(name).replaceAll('\u200b', ''));
    });
  }

  test('19-excel-left-over-rows: one problem for the row, and its removal', () => {
    const { error, title, fixes, leftOfAll } = repaired(`19-excel-left-over-rows/${mappingPlace}`);
    assert.match(error.message, /only commas/);
    assert.deepEqual([title, fixes.length, leftOfAll], ['Remove the row', 1, 0]);
  });

  test('22-version-on-the-management-server: the place tells 2.3, for which the comment is no error', () => {
    const name = '22-version-on-the-management-server/orchestrator/input/project_default/pxe_mapping_file.csv';
    const { model } = modelAt(read(name));
    const roles = Array.from(model.rows, ({ text }) => text.FUNCTIONAL_GROUP_NAME);
    const { version, reason } = detectVersion({ path: `/srv/data/${name}`, layout: model.layout, roles, groups: [] });
    assert.deepEqual([version, reason], ['2.3', 'project-folder']);
    assert.deepEqual(judged(name, version).errors, []);
  });

  for (const version of ['2.1', '2.2'] as const) {
    test(`33-omnia-restart, open quotes in ${version}: refused in the header, else nodes are lost`, () => {
      const [refused] = judged('33-omnia-restart/openheader.csv', version).errors;
      assert.match(refused?.rule.code ?? '', /^(?:missing-column|no-data)$/);
      const { model, errors } = judged('33-omnia-restart/opennote.csv', version);
      assert.deepEqual(errors, []);
      assert.ok(model.findings().some(({ message }) => message.includes('nodes in them are lost')));
    });
  }
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
