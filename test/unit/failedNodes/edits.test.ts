import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkFailedNodes, fixesFor } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { removeEntry, setField, setStatus } from '@omnia-buildstream/core/failedNodes/edits';
import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { applyEdits } from '../../support/textEdits.ts';

const sample = readFileSync(new URL('../../fixtures/failedNodes/omnia22.json', import.meta.url), 'utf8');

const entryOf = (text: string, index: number): ReturnType<typeof readFailedNodesDocument>['entries'][number] => {
  const entry = readFailedNodesDocument(text).entries[index];
  assert.ok(entry);
  return entry;
};

for (const [title, text] of [
  ['line feeds', sample],
  ['CRLF', sample.replaceAll('\n', '\r\n')],
  ['tabs', sample.replaceAll('  ', '\t')],
  ['one line', JSON.stringify(JSON.parse(sample))],
] as const) {
  test(`marking a node changes only its status (${title})`, () => {
    const edits = setStatus(readFailedNodesDocument(text), entryOf(text, 1), 'success');
    const at = text.lastIndexOf('"failed"');
    assert.equal(applyEdits(text, edits), `${text.slice(0, at)}"success"${text.slice(at + 8)}`);
  });

  test(`removing an entry and restoring it gives the same data (${title})`, () => {
    const removed = applyEdits(text, removeEntry(readFailedNodesDocument(text), entryOf(text, 0)));
    const scope = { document: readFailedNodesDocument(removed), committed: readFailedNodesDocument(text) };
    const finding = checkFailedNodes(scope).find(({ rule }) => rule.code === 'deleted-entry');
    assert.ok(finding);
    const [fix] = fixesFor(finding, scope);
    const restored = applyEdits(removed, fix?.edits ?? []);
    assert.deepEqual(JSON.parse(restored), JSON.parse(text));
    assert.equal(restored.includes('\r\n'), text.includes('\r\n'));
  });
}

test('marking a node twice changes nothing the second time', () => {
  const once = applyEdits(sample, setStatus(readFailedNodesDocument(sample), entryOf(sample, 0), 'success'));
  assert.deepEqual(setStatus(readFailedNodesDocument(once), entryOf(once, 0), 'success'), []);
});

test('a missing status is added in the style of the file', () => {
  const text = sample.replace(/\s+"status": "failed",/, '');
  const edited = applyEdits(text, setStatus(readFailedNodesDocument(text), entryOf(text, 0), 'success'));
  assert.match(edited, /ready",\n {6}"status": "success"\n {4}\}/);
});

test('a text without a place for the change is left alone', () => {
  const broken = '{"failed_nodes": [{"bmc_ip": "10.0.0.1"';
  assert.doesNotThrow(() => setField(readFailedNodesDocument(broken), entryOf(broken, 0), 'hostname', 'x'));
});

for (const [message, cause] of [
  ['Failed. iDRAC is not ready. Retry again after iDRAC is ready', 'not-ready'],
  ['iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually', 'unreachable'],
  ['Booting by PXE failed. NIC firmware may be old', 'pxe-refused'],
  ['Power operation failed. Server not restarted', 'power'],
  ['PXE Boot: OK, Power: Restart OK. Phone-home failed: cloud-init did not complete', 'phone-home'],
  ['PXE Boot: OK. Node-registration timeout', 'registration'],
  ['Skipped by Build Stream', 'skipped'],
  ['No status available', 'no-status'],
  ['something else', 'unknown'],
] as const) {
  test(`"${message}" is told as ${cause}`, () => {
    assert.equal(adviceFor({ message }).cause, cause);
  });
}
