import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloursOf } from '@omnia-buildstream/gitlab/trace/colours';
import { firstErrorLine, readDocument } from '@omnia-buildstream/gitlab/trace/document';
import { failuresOf } from '@omnia-buildstream/gitlab/trace/failures';
import { readLine } from '@omnia-buildstream/gitlab/trace/lines';
import { rowLinksIn } from '@omnia-buildstream/gitlab/trace/rowLinks';
import { symbolsOf, type LogSymbol } from '@omnia-buildstream/gitlab/trace/symbols';

const log = [
  'section_start:10:prepare\r\u001b[0KPrepare',
  'nothing to see',
  'section_end:12:prepare\r\u001b[0Ksection_start:12:step_script\r\u001b[0K\u001b[36;1mExecuting\u001b[0;m',
  '\u001b[32;1m$ test -f x || echo "ERROR: no x"\u001b[0;m',
  'section_start:13:validate\r\u001b[0KValidate',
  'TASK [pxe : Set boot device] ***********',
  'fatal: [nid1]: FAILED! => {"msg": "no answer"}',
  '...ignoring',
  'TASK [pxe : Restart] ******',
  '\u001b[31mfatal: [nid2]: FAILED! => {"msg": "off"}\u001b[0m',
  'failed: [nid3 -> oim] (item=1) => {}',
  'section_end:20:validate\r\u001b[0K',
  'section_end:21:step_script\r\u001b[0Ksection_start:21:cleanup\r\u001b[0KClean up',
  'section_end:22:cleanup\r\u001b[0K\u001b[31;1mERROR: Job failed: exit code 1',
].map(readLine);
const document = readDocument(log);

test('a failure is a failed task that is not ignored, or a line with ERROR that is no command', () => {
  assert.deepEqual(
    document.failures.map(({ line, task, host }) => [line, task, host]),
    [
      [9, 'pxe : Restart', 'nid2'],
      [10, 'pxe : Restart', 'nid3'],
      [13, 'pxe : Restart', undefined],
    ],
  );
  const words = ['[ERROR]: boom', '2026-01-02 ERROR x', 'errors=0', 'ERRORS: 0', 'no-ERROR-here', 'ERROR', 'ERROR=0'];
  assert.deepEqual(
    failuresOf(words).map(({ line }) => line),
    [0, 1, 5],
  );
});

test('only the failure that Ansible ignores is taken back', () => {
  const lines = ['ERROR: earlier', 'TASK [a] **', 'fatal: [x]: FAILED!', 'fatal: [y]: FAILED!', '...ignoring'];
  assert.deepEqual(
    failuresOf(lines).map(({ line }) => line),
    [0, 2],
  );
  assert.equal(failuresOf(['fatal: [x]: FAILED!', 'TASK [b] ***', '...ignoring']).length, 1);
});

test('a failed job is opened at the first failure of the last section that has one', () => {
  assert.equal(firstErrorLine(document), 9);
  assert.equal(firstErrorLine(readDocument(['a', 'ERROR: x', 'ERROR: y'].map(readLine))), 1);
  assert.equal(firstErrorLine(readDocument(['a', 'b'].map(readLine))), 1);
  assert.equal(firstErrorLine(readDocument([])), 0);
});

test('the outline has sections in sections, and failures where they are', () => {
  const text = (symbols: readonly LogSymbol[]): unknown[] =>
    symbols.map((symbol) =>
      symbol.kind === 'failure'
        ? symbol.failure.line
        : [symbol.section.title, symbol.section.durationMs, ...text(symbol.children)],
    );
  assert.deepEqual(text(symbolsOf(document.sections, document.failures)), [
    ['Prepare', 2000],
    ['Executing', 9000, ['Validate', 7000, 9, 10]],
    ['Clean up', 1000],
    13,
  ]);
});

test('a section that begins and ends in one line holds nothing', () => {
  const lines = ['section_start:1:a\r\u001b[0KA', 'section_end:2:a\r\u001b[0Kx', 'ERROR'].map(readLine);
  const { sections, failures } = readDocument(lines);
  const symbols = symbolsOf(sections, failures);
  assert.deepEqual(
    symbols.map(({ kind }) => kind),
    ['section', 'failure'],
  );
});

test('the text is plain, line by line, and its colours are known', () => {
  assert.equal(document.text.split('\n').length, document.lineCount);
  assert.ok(!document.text.includes('\u001b') && !document.text.includes('section_'));
  assert.deepEqual(document.coloursIn(9, 11).get(9), [{ start: 0, end: 40, style: { foreground: 1 } }]);
  assert.equal(document.coloursIn(9, 11).get(10), undefined);
});

test('colours go on over line ends, and only the lines that are asked for are coloured', () => {
  const lines = ['\u001b[31ma', 'b', '\u001b[0mc'];
  assert.deepEqual([...coloursOf(lines, 0, 9).keys()], [0, 1]);
  assert.deepEqual([...coloursOf(lines, 1, 2).keys()], [1]);
});

test('lines that the runner cut are put together, with their sections', () => {
  const stamp = '2024-05-14T11:19:20.000000Z 00O';
  const { text, sections, lineCount } = readDocument(
    [`${stamp} section_start:1:a\r\u001b[0KHel`, `${stamp}+lo`, `${stamp} section_end:3:a\r\u001b[0K`].map(readLine),
  );
  assert.equal(text, 'Hello\n');
  assert.equal(lineCount, 2);
  assert.deepEqual(
    sections.map(({ title, durationMs }) => [title, durationMs]),
    [['Hello', 2000]],
  );
});

test('what Omnia calls CSV row N is found with its place', () => {
  assert.deepEqual(rowLinksIn('Bad MAC in CSV row 12, and CSV Row: 3'), [
    { start: 11, end: 21, row: 12 },
    { start: 27, end: 37, row: 3 },
  ]);
  assert.deepEqual(rowLinksIn('row 5, MYCSV row 5, CSV rows'), []);
});
