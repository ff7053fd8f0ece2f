import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { checkFailedNodes, failedNodesRules, fixesFor } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNodesScope, MappingLookup } from '@omnia-buildstream/core/failedNodes/rule';
import { readLayout } from '@omnia-buildstream/core/mapping/layout';
import { readRow } from '@omnia-buildstream/core/mapping/row';
import { applyEdits } from '../../support/textEdits.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/failedNodes/${name}`, import.meta.url), 'utf8');
const sample = fixture('omnia22.json');

/** A node model of rows given as `bmcIp hostname serviceTag`. */
function mapping(...nodes: string[]): MappingLookup {
  const csv = new CsvDocument(
    ['BMC_IP,HOSTNAME,SERVICE_TAG', ...nodes.map((node) => node.replaceAll(' ', ','))].join('\n'),
  );
  const layout = readLayout(csv);
  const rows = csv.records.slice(1).map((record) => readRow(record, layout));
  return { rowsOf: (bmcIp) => rows.filter((row) => row.text.BMC_IP === bmcIp) };
}

const both = mapping('172.17.107.44 slurm-node2 79WWJ93', '172.17.107.45 slurm-node3 79WWJ94');

/** Findings as `code: underlined text`. */
function find(text: string, scope: Omit<FailedNodesScope, 'document'> = {}): string[] {
  const lines = text.split('\n');
  return checkFailedNodes({ document: readFailedNodesDocument(text), ...scope }).map(
    ({ rule, range: { start, end } }) => {
      assert.equal(start.line, end.line, 'one line');
      return `${rule.code}: ${(lines[start.line] ?? '').slice(start.character, end.character)}`;
    },
  );
}

const entry = (fields: object): string => JSON.stringify({ failed_nodes: [fields] });
const node = { bmc_ip: '172.17.107.44', hostname: 'slurm-node2', service_tag: '79WWJ93', status: 'failed' };

for (const name of ['omnia22.json', 'sortedNumericStrings.json', 'omnia23.json', 'empty.json']) {
  test(`${name} as Omnia writes it has no finding`, () => {
    assert.deepEqual(find(fixture(name), { mapping: both, committed: readFailedNodesDocument(fixture(name)) }), []);
  });
}

const table: [title: string, text: string, expected: string[], scope?: Omit<FailedNodesScope, 'document'>][] = [
  ['an empty file', '', ['failed-nodes-syntax: ']],
  ['a file without the list', '{"a":1}', ['failed-nodes-shape: {']],
  ['a list instead of an object', '[]', ['failed-nodes-shape: [']],
  ['a list that is none', '{"failed_nodes": 3}', ['failed-nodes-shape: 3']],
  ['an entry that is no object', '{"failed_nodes": ["x"]}', ['failed-nodes-shape: "x"']],
  ['a count that is no number', '{"total_nodes": "many", "failed_nodes": []}', ['failed-nodes-shape: "many"']],
  ['a byte order mark', '\ufeff{"failed_nodes": []}', ['failed-nodes-encoding: \ufeff']],
  ['UTF-16, read as UTF-8', '\ufffd\ufffd{\0"\0', ['failed-nodes-encoding: \ufffd']],
  ['UTF-16 without mark', '{\0"\0a\0', ['failed-nodes-encoding: {']],
  [
    'held as UTF-16',
    '{"failed_nodes": []}',
    ['failed-nodes-encoding: {'],
    { encoding: { kind: 'other', name: 'utf16le' } },
  ],
  [
    'held with a mark',
    '{"failed_nodes": []}',
    ['failed-nodes-encoding: {'],
    { encoding: { kind: 'other', name: 'utf8bom' } },
  ],
  [
    'a conflict of a merge',
    '{\n<<<<<<< a\n"x": 1\n=======\n>>>>>>> b\n, "failed_nodes": []}',
    ['failed-nodes-conflict: <<<<<<< a'],
  ],
  ['a comment', '{"failed_nodes": []} // later', ['failed-nodes-syntax: // later']],
  ['a comma at the end of a list', '{"failed_nodes": [ ] , }', ['failed-nodes-syntax: ,']],
  [
    'the list twice',
    `{"failed_nodes": [${JSON.stringify(node)}], "failed_nodes": []}`,
    ['failed-nodes-doubled-key: "failed_nodes"'],
  ],
  [
    'a status twice',
    '{"failed_nodes": [{"bmc_ip": "10.0.0.1", "status": "failed", "status": "success"}]}',
    ['failed-nodes-doubled-key: "status"'],
  ],
  ['no bmc_ip', entry({ status: 'failed' }), ['entry-without-bmc-ip: {']],
  ['no status', entry({ bmc_ip: '10.0.0.1' }), ['entry-without-status: {']],
  ['bmc_ip that is no address', entry({ ...node, bmc_ip: '172.17.107' }), ['bad-bmc-ip: "172.17.107"']],
  ['bmc_ip that is a number', entry({ ...node, bmc_ip: 7 }), ['bad-bmc-ip: 7']],
  ['status with a capital', entry({ ...node, status: 'Success' }), ['bad-status: "Success"']],
  ['status with a blank', entry({ ...node, status: ' success' }), ['bad-status: " success"']],
  ['status null', entry({ ...node, status: null }), ['bad-status: null']],
  ['bmc_ip not in the mapping file', entry(node), ['bmc-ip-not-in-mapping: "172.17.107.44"'], { mapping: mapping() }],
  [
    'hostname of another row',
    entry({ ...node, hostname: 'other' }),
    ['differs-from-mapping: "other"'],
    { mapping: both },
  ],
  ['job_id that is no UUID', '{"job_id": "7", "failed_nodes": []}', ['bad-job-id: "7"']],
  [
    'job_id of another job',
    '{"job_id": "018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10", "failed_nodes": []}',
    ['other-job: "018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10"'],
    { expectedJobId: '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c11' },
  ],
  ['more failures than nodes', '{"total_nodes":1,"failure_count":"2","failed_nodes":[]}', ['count-mismatch: "2"']],
  [
    'fewer failures than failed entries',
    JSON.stringify({ failure_count: 0, failed_nodes: [node] }),
    ['count-mismatch: 0'],
  ],
  [
    'an entry added by hand',
    entry(node),
    ['entry-added-by-hand: "172.17.107.44"'],
    { committed: readFailedNodesDocument('{"failed_nodes":[]}') },
  ],
  [
    'an entry deleted',
    '{"failed_nodes":[]}',
    ['deleted-entry: "failed_nodes"'],
    { committed: readFailedNodesDocument(entry(node)) },
  ],
  [
    'success set back',
    entry(node),
    ['status-set-back: "failed"'],
    { committed: readFailedNodesDocument(entry({ ...node, status: 'success' })) },
  ],
  [
    'one BMC with two statuses',
    JSON.stringify({ failed_nodes: [node, { ...node, status: 'success' }] }),
    ['conflicting-status: "172.17.107.44"'],
  ],
];

for (const [title, text, expected, scope] of table) {
  test(title, () => {
    assert.deepEqual(find(text, scope), expected);
  });
}

const parsed: [title: string, text: string, fix: string, data: unknown][] = [
  ['a comment', '{"failed_nodes": [] /* x */}', 'Remove the comment', { failed_nodes: [] }],
  ['a comma too many', '{"failed_nodes": [1,\n]}', 'Remove the comma', { failed_nodes: [1] }],
  [
    'a key twice',
    '{"a": 1, "failed_nodes": [1], "failed_nodes": [] }',
    'Remove the earlier {key}',
    { a: 1, failed_nodes: [] },
  ],
  [
    'a key twice',
    '{"failed_nodes": [{"bmc_ip": "10.37.16.25", "status": "failed"}], "a": 1, "failed_nodes": []}',
    'Remove this {key}',
    { a: 1, failed_nodes: [{ bmc_ip: '10.37.16.25', status: 'failed' }] },
  ],
];

for (const [title, text, wanted, data] of parsed) {
  test(`${title}: the fix "${wanted}" leaves what Omnia can read`, () => {
    const scope = { document: readFailedNodesDocument(text) };
    const fixes = checkFailedNodes(scope).flatMap((finding) => fixesFor(finding, scope));
    const fix = fixes.find((one) => one.title === wanted);
    assert.deepEqual(JSON.parse(applyEdits(text, fix?.edits ?? [])), data);
  });
}

test('a mark is for the address with its blanks, as Omnia compares it', () => {
  const spaced = { ...node, bmc_ip: `${node.bmc_ip} ` };
  const rows = [...both.rowsOf(node.bmc_ip)];
  const lookup = { rowsOf: (bmcIp: string) => both.rowsOf(bmcIp), nearTo: () => rows };
  const scope = { document: readFailedNodesDocument(entry(spaced)), mapping: lookup };
  const finding = checkFailedNodes(scope).find(({ rule }) => rule.code === 'bmc-ip-not-in-mapping');
  assert.ok(finding);
  const fixed = applyEdits(entry(spaced), fixesFor(finding, scope)[0]?.edits ?? []);
  assert.equal(fixed, entry(node));
});

test('every rule has a case in the table', () => {
  const covered = new Set(table.flatMap(([, , expected]) => expected.map((line) => line.split(':')[0])));
  assert.deepEqual(
    failedNodesRules.map(({ code }) => code).filter((code) => !covered.has(code)),
    [],
  );
});

test('broken JSON: the rest is still checked', () => {
  const text = sample.replace('"failed",', '"Success",').replace('"stage_name": "restart",', '"stage_name": "restart"');
  assert.deepEqual(
    find(text).map((line) => line.split(':')[0]),
    ['failed-nodes-syntax', 'bad-status'],
  );
});

function isInside(text: string): void {
  const lines = text.split(/\r\n|\r|\n/);
  const scope = { document: readFailedNodesDocument(text), mapping: both, committed: readFailedNodesDocument(sample) };
  for (const finding of checkFailedNodes(scope)) {
    for (const { line, character } of [finding.range.start, finding.range.end]) {
      assert.ok(line < lines.length && character <= (lines[line] ?? '').length, `${finding.rule.code} lies outside`);
    }
    fixesFor(finding, scope);
  }
}

test('truncated at every character: no throw, every range inside', () => {
  for (let length = 0; length <= sample.length; length++) isInside(sample.slice(0, length));
});

test('under random edits: no throw, every range inside', () => {
  const piece = fc.constantFrom(
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    '\r\n',
    'null',
    '"status"',
    '\\',
    'é',
    '1e999',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(sample.length), fc.nat(9), piece), { maxLength: 8 }), (edits) => {
      let text = sample;
      for (const [at, length, inserted] of edits) text = text.slice(0, at) + inserted + text.slice(at + length);
      isInside(text);
    }),
    { numRuns: 1500 },
  );
});

test('nested brackets without end do not exhaust the stack', () => {
  assert.ok(find('['.repeat(100_000)).length > 0);
});
