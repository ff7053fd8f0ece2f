import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readBeside } from '@omnia-buildstream/core/context/besideFiles';
import { besideKinds, besideNames } from '@omnia-buildstream/core/context/besideNames';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { chosenFix, fixKind } from '@omnia-buildstream/core/validation/fixKind';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt, say } from '../../support/modelAt.ts';

/**
 * Every rule with a fix, each with the bad example of its page, as it is and with cells changed at random: no fix, no choice
 * for all of its kind and no "fix all" leaves more errors than there were, none makes a node of what was none, and sorting
 * brings no error of another kind.
 */

const folder = path.resolve(import.meta.dirname, '../../../docs/rules');
const versionNames: readonly string[] = ['2.1', '2.2', '2.3 early', '2.3 late', 'next'];

interface Example {
  readonly text: string;
  readonly version: OmniaVersion;
  readonly context: ValidationContext;
}

const kubeNode =
  'service_kube_node_x86_64,grp5,7KN001X,,kn-1,04:3f:72:10:00:61,10.37.0.61,04:3f:72:20:00:61,10.37.16.61\n';

/** The first row once more in place of the second. */
const twice = (text: string): string => {
  const [header = '', first = '', , ...others] = text.split('\n');
  return [header, first, first, ...others].join('\n');
};

/** Where the example of the page is one that only a person can repair. */
const repairable: Readonly<Record<string, (text: string) => string>> = {
  'dup-service-tag': twice,
  'dup-admin-mac': twice,
  'dup-bmc-mac': twice,
  'service-tag-not-ascii': (text) => text.replace('7КT004X', '７KT004X'),
  'reserved-hostname': (text) =>
    text +
    (text.split('\n')[1] ?? '')
      .replace('7KT004X', '7KT005X')
      .replace('gateway', 'login-1')
      .replaceAll('.24', '.25')
      .replaceAll(':04', ':05') +
    '\n',
  'no-data': () => '\n',
  'bad-ipv6': (text) => text.replace('fd00:99:::24', 'fd00:99::24\u200b'),
  'bad-ib-nic': (text) => text.replace(',ib0,', ',infiniband.slot.7-1,'),
  'dangling-parent': (text) => text.replace('slurm_node_x86_64,grp1', 'os_x86_64,grp1') + kubeNode,
};

const network = parseNetworkSpec(
  "Networks: [{admin_network: {subnet: 10.37.0.0, netmask_bits: '22', primary_oim_admin_ip: 10.37.0.4, router: 10.37.0.1, dynamic_range: 10.37.3.100-10.37.3.200}}]",
  '2.2',
).value;

function exampleOf(code: string): Example {
  const page = readFileSync(path.join(folder, `${code}.md`), 'utf8');
  const named = /^Bad in Omnia (.+):$/m.exec(page)?.[1] ?? '';
  const version = omniaVersions[versionNames.indexOf(named)] ?? assert.fail(`${code}: ${named}`);
  const shown = /^```csv example\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? assert.fail(code);
  const text = repairable[code]?.(shown) ?? shown;
  const context: ValidationContext = code === 'kube-address-taken' && network !== undefined ? { network } : {};
  const beside = page.matchAll(/^```(?:yaml|json) (\S+)(?: example)?\n([\s\S]*?)^```$/gm);
  for (const [, name = '', content = ''] of [...beside].toReversed()) {
    const kind = name === 'catalog_rhel.json' ? 'catalog' : besideKinds.find((one) => besideNames[one].includes(name));
    if (kind !== undefined) Object.assign(context, readBeside(kind, content, version, '').facts);
    if (name === 'settings.json') Object.assign(context, { share: content.includes('local') ? 'local' : 'nfs' });
  }
  return { text, version, context };
}

const errorsIn = (model: MappingModel): number =>
  model.findings().filter((finding) => severityOf(finding, model.settings) === 'error').length;

/** Lines with something in their cells, headers apart: a fix may fill, repair or remove one, and makes none. */
const linesIn = (text: string): number =>
  text.split(/\r?\n/).filter((line) => /[^\s,;|"]/.test(line) && !/HOST.?NAME/i.test(line)).length;

/** Their repair shows what they hid from every other rule. */
const hiding = new Set([
  'csv-syntax',
  'cell-too-long',
  'not-utf8',
  'merge-conflict',
  'comment-line',
  'ragged-row',
  'unknown-column',
]);

interface Offer {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/** Every fix, and the same for all of its kind as far as one choice makes it. */
function offersOf(model: MappingModel): (Offer & { readonly code: string })[] {
  return model.sortedFindings().flatMap((finding) => {
    const fixes = model.fixes(finding);
    const { code } = finding.rule;
    return fixes.flatMap((fix) => [
      { code, name: `${code}, ${fix.title}`, edits: fix.edits },
      {
        code,
        name: `${code}, ${fix.title}, for all of the kind`,
        edits: fixKind(model, chosenFix(finding, fix, fixes)).edits,
      },
    ]);
  });
}

/** @returns the codes whose fixes were tried */
function judgeFixes({ text, version, context }: Example): Set<string> {
  const { model } = modelAt(text, { version, context });
  const before = errorsIn(model);
  const isHidden = model.findings().some(({ rule }) => hiding.has(rule.code) || rule.stops !== undefined);
  const offers = offersOf(model);
  const all = { name: 'fix all', edits: changeTable(model, { kind: 'fix-all' }, say)?.edits ?? [] };
  for (const { name, edits } of [...offers, all]) {
    const after = applyEdits(text, edits);
    assert.ok(linesIn(after) <= linesIn(text), `${name}:\n${after}`);
    if (isHidden) continue;
    const left = errorsIn(modelAt(after, { version, context }).model);
    assert.ok(left <= before, `${name}: ${String(before)} -> ${String(left)}\n${after}`);
  }
  judgeSorting(model, { text, version, context });
  return new Set(offers.map(({ code }) => code));
}

/** It compares the first workers with the first compilers, so that the order decides. */
const byOrder = 'arch-mismatch';

function judgeSorting(model: MappingModel, { text, version, context }: Example): void {
  const codes = new Set([...errorCodes(model), byOrder]);
  for (const [cell] of model.layout.cells.entries()) {
    const at = model.document.cellRange(model.layout.headerIndex, cell).start;
    const change = changeTable(model, { kind: 'sort', at, isDescending: cell % 2 === 1 }, say);
    if (change === undefined || change.refused !== null) continue;
    const after = applyEdits(text, change.edits);
    const sorted = modelAt(after, { version, context }).model;
    assert.equal(linesIn(after), linesIn(text), after);
    const fresh = errorCodes(sorted).filter((code) => !codes.has(code));
    assert.deepEqual(fresh, [], `sorted by column ${String(cell)}:\n${after}`);
  }
}

const errorCodes = (model: MappingModel): string[] =>
  model.findings().flatMap((finding) => (severityOf(finding, model.settings) === 'error' ? finding.rule.code : []));

const fixed = catalog.filter(({ file, hasFix }) => file === 'mapping' && hasFix);

suite('every fix of every rule', () => {
  // No text has them: the bytes are the fault.
  const byBytes = new Set(['not-utf8']);

  for (const { code } of fixed.filter((entry) => !byBytes.has(entry.code))) {
    test(`${code}: the fixes of its example`, () => {
      assert.ok(judgeFixes(exampleOf(code)).has(code), 'the example has no fix');
    });
  }

  const cell = fc.constantFrom(
    '',
    ' ',
    '#N/A',
    '1.23E+12',
    'cn-001',
    '10.37.0.22',
    'grp1',
    'SU1',
    '7KT001X',
    'x',
    'slurm_node_x86_64',
  );
  const change = fc.record({ line: fc.nat(9), cell: fc.nat(10), value: cell });
  const codes = fixed.map(({ code }) => code).filter((code) => !byBytes.has(code));
  test('the same with cells changed at random', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.array(change, { minLength: 1, maxLength: 3 }), (code, changes) => {
        const example = exampleOf(code);
        const lines = example.text.split('\n').map((line) => line.split(','));
        for (const { line, cell: at, value } of changes) {
          const cells = lines[line + 1];
          if (cells !== undefined && at < cells.length && cells.length > 1) cells[at] = value;
        }
        judgeFixes({ ...example, text: lines.map((cells) => cells.join(',')).join('\n') });
      }),
      { numRuns: 400 },
    );
  });
});
