import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareEntries } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { markMessage, markText } from '@omnia-buildstream/core/failedNodes/markText';

const entry = (n: number, status: string) =>
  `{"bmc_ip": "10.0.0.${String(n)}",  "hostname": "n${String(n)}", "status": "${status}"}`;
const text = (...entries: string[]) => `{\r\n\t"failed_nodes": [${entries.join(',\r\n')}]\r\n}`;

test('marking changes the status of the named nodes and not one other byte', () => {
  const before = text(entry(1, 'failed'), entry(2, 'failed'), entry(3, 'success'));
  assert.equal(
    markText(before, ['10.0.0.2'], 'success'),
    text(entry(1, 'failed'), entry(2, 'success'), entry(3, 'success')),
  );
  assert.equal(markText(before, ['10.0.0.3', '10.9.9.9'], 'success'), before);
});

test('a byte order mark goes, since the restart stage fails on one', () => {
  const before = text(entry(1, 'failed'));
  assert.equal(markText(`\ufeff${before}`, ['10.0.0.1'], 'success'), text(entry(1, 'success')));
});

test('what somebody else changed is told by node: new, gone, another status', () => {
  const before = readFailedNodesDocument(text(entry(1, 'failed'), entry(2, 'failed'), entry(3, 'failed')));
  const after = readFailedNodesDocument(text(entry(4, 'failed'), entry(1, 'success'), entry(3, 'failed')));
  assert.deepEqual(
    compareEntries(before, after).map(({ hostname, before: was, after: is }) => [hostname, was, is]),
    [
      ['n4', undefined, 'failed'],
      ['n1', 'failed', 'success'],
      ['n2', 'failed', undefined],
    ],
  );
});

test('the message of the commit names five nodes at most', () => {
  assert.equal(markMessage(['a', 'b']), 'Mark a, b as booted by hand');
  assert.equal(markMessage(['a', 'b', 'c', 'd', 'e', 'f']), 'Mark a, b, c, d, e and 1 more as booted by hand');
});

test('where the list stands twice the mark is made in the one that Omnia reads', () => {
  const twice = (last: string): string => `{"failed_nodes": [${entry(1, 'failed')}], "failed_nodes": [${last}]}`;
  assert.equal(markText(twice(entry(1, 'failed')), 'all', 'success'), twice(entry(1, 'success')));
  assert.equal(
    markText(twice('{"bmc_ip": "10.0.0.1"}'), 'all', 'success'),
    twice('{"bmc_ip": "10.0.0.1","status": "success"}'),
  );
});
