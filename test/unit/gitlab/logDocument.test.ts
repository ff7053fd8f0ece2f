import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloursOf } from '@omnia-buildstream/gitlab/trace/colours';
import { firstErrorLine, readDocument } from '@omnia-buildstream/gitlab/trace/document';
import { failuresOf } from '@omnia-buildstream/gitlab/trace/failures';
import { readLine } from '@omnia-buildstream/gitlab/trace/lines';
import { nodeLinksIn, rowLinksIn } from '@omnia-buildstream/gitlab/trace/rowLinks';
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
  const summarized = [
    'ERROR: 2 nodes',
    'TASK [Reset] **',
    'fatal: [nid1]: FAILED! => {}',
    'failed: [nid2]',
    'ERROR: x',
  ];
  assert.equal(firstErrorLine(readDocument(summarized.map(readLine))), 2, 'the first node that failed');
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

/** The part of a line that names a row, in the wording of the validators of 2.1 to 2.3. */
const rowsInMessages: readonly [line: string, ...found: [text: string, row: number][]][] = [
  ['Bad MAC in CSV row 12, and CSV Row: 3', ['CSV row 12', 12], ['CSV Row: 3', 3]],
  ['Duplicate SERVICE_TAG in CSV rows 3 (cn1) and 4 (cn2)', ['3', 3], ['4', 4]],
  ['CSV rows 3, 14 and 15 have no parent, 7 of them', ['3', 3], ['14', 14], ['15', 15]],
  ["Invalid GROUP_NAME 'x' (row 4)", ['row 4', 4]],
  ['Comment lines found at: 3, 7', ['3', 3], ['7', 7]],
  ['Row 5: ADMIN_IP', ['Row 5', 5]],
  ['ADMIN_IP is empty at mapping row 6', ['mapping row 6', 6]],
  ['Mapping row 6 repeats a hostname', ['Mapping row 6', 6]],
  ['row 8 has 12 columns, 11 expected', ['row 8 has 12 columns', 8]],
  ['row 5, MYCSV row 5, CSV rows'],
  ['3 rows in set'],
];
for (const [line, ...found] of rowsInMessages) {
  test(`rows are found in "${line}"`, () => {
    assert.deepEqual(
      rowLinksIn(line).map(({ start, end, row }) => [line.slice(start, end), row]),
      found,
    );
  });
}

const nodesInMessages: readonly [line: string, ...names: string[]][] = [
  ['fatal: [nid1]: FAILED! => {"msg": "no answer"}', 'nid1'],
  ['failed: [localhost] (item=nid002) => {"msg": "off"}', 'localhost', 'nid002'],
  ['fatal: [nid3 -> oim]: UNREACHABLE! => {}', 'nid3'],
  ['[FAILED] 10.5.0.7 no response, [FAILED] 10.5.0.8 off', '10.5.0.7', '10.5.0.8'],
  ['ok: [nid1]'],
];
for (const [line, ...names] of nodesInMessages) {
  test(`nodes are found in "${line}"`, () => {
    const found = nodeLinksIn(line);
    assert.deepEqual(
      found.map(({ name }) => name),
      names,
    );
    for (const { start, end, name } of found) assert.equal(line.slice(start, end), name);
  });
}

/** Log lines, and the indexes (from 0) of those that are failures. */
const whatFailed: readonly [name: string, lines: readonly string[], failures: readonly number[]][] = [
  [
    'the explanation of ansible-core 2.19 belongs to the failure below, and is ignored with it',
    [
      'TASK [a] ***',
      '[ERROR]: Task failed: Module failed: one',
      'Origin: x.yml:4:7',
      '4   name: log an ERROR',
      'fatal: [n1]: FAILED! => {}',
      '...ignoring',
      'TASK [b] ***',
      '[ERROR]: Task failed: Module failed: two',
      'fatal: [n2]: FAILED! => {}',
    ],
    [8],
  ],
  ['an explanation without a failure is one', ['TASK [a] ***', '[ERROR]: no such module', 'TASK [b] ***'], [1]],
  [
    'a task is ignored with all items of its loop',
    ['TASK [a] ***', 'failed: [h] (item=n1) => {}', 'failed: [h] (item=n2) => {}', '...ignoring', 'ERROR: after'],
    [4],
  ],
  [
    'what was rescued is no failure, as the recap tells',
    [
      'TASK [a] ***',
      'fatal: [h]: FAILED! => {}',
      'fatal: [i]: FAILED! => {}',
      'TASK [b] ***',
      'failed: [h] (item=x) => {}',
      'failed: [h] (item=y) => {}',
      'PLAY RECAP ***',
      'h  : ok=3    changed=0    unreachable=0    failed=1    skipped=0    rescued=1    ignored=0',
      'i  : ok=3    changed=0    unreachable=0    failed=0    skipped=0    rescued=1    ignored=0',
    ],
    [4, 5],
  ],
  [
    'the recap of one playbook says nothing of another',
    [
      'TASK [a] ***',
      'fatal: [h]: FAILED! => {}',
      'PLAY RECAP ***',
      'h : ok=3 changed=0 unreachable=0 failed=1 skipped=0 rescued=0 ignored=0',
      'PLAY [second] ***',
      'TASK [a] ***',
      'fatal: [h]: UNREACHABLE! => {}',
      'PLAY RECAP ***',
      'h : ok=3 changed=0 unreachable=0 failed=0 skipped=0 rescued=1 ignored=0',
    ],
    [1],
  ],
  [
    'a request that was tried again is not the cause',
    [
      'ERROR: Request timeout',
      'Retrying',
      'ERROR: Request timed out',
      'ERROR: HTTP 412',
      'ERROR: Job failed: exit code 1',
    ],
    [3, 4],
  ],
  [
    'a request that was given up is the cause',
    ['ERROR: Request timeout', 'ERROR: Request timeout', 'ERROR: Job failed: exit code 1'],
    [1, 2],
  ],
];
for (const [name, lines, failures] of whatFailed) {
  test(name, () => {
    assert.deepEqual(
      failuresOf(lines).map(({ line }) => line),
      failures,
    );
  });
}
