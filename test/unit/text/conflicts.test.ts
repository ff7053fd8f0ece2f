import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { conflictsIn } from '@omnia-buildstream/core/text/conflicts';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { errorCount } from '@omnia-buildstream/core/validation/errorCount';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { soundCluster as cluster, header, node1, node2, soundRows as rows } from '../../support/cluster.ts';

function modelOf(text: string, version: OmniaVersion = '2.2'): MappingModel {
  const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  return new MappingModel(new CsvDocument(text), mappingRules, settings);
}

const twoSides = ['<<<<<<< HEAD', node1, '=======', node1.replace('grp3', 'grp4'), '>>>>>>> other'];
const diff3 = ['<<<<<<< HEAD', node1, '||||||| base', node1, '=======', node2, '>>>>>>> other'];
const top = rows.slice(0, 3);

const kinds: [title: string, lines: string[], conflicts: [first: number, last: number][]][] = [
  ['no conflict', [header, ...rows], []],
  ['two sides', [header, ...top, ...twoSides], [[5, 9]]],
  ['two sides with their base', [header, ...top, ...diff3], [[5, 11]]],
  [
    'two conflicts',
    [header, ...twoSides, ...top, ...diff3],
    [
      [2, 6],
      [10, 16],
    ],
  ],
  ['the header in conflict', ['<<<<<<< HEAD', header, '=======', `${header},X`, '>>>>>>> other', ...rows], [[1, 5]]],
  ['an end that was forgotten', [header, ...top, '>>>>>>> other'], [[5, 5]]],
  ['a line between sides that was forgotten', [header, ...top, '======='], [[5, 5]]],
  ['one that is never ended', [header, '<<<<<<< HEAD', ...top], [[2, 2]]],
  ['signs that are no marks', [header, ...rows, '<<<<<<', '<<<<<<<<', '=======x'], []],
];

suite('marks that a merge left in a mapping file', () => {
  for (const [title, lines, conflicts] of kinds) {
    for (const eol of ['\n', '\r\n']) {
      test(`${title} (${JSON.stringify(eol)}): one finding a conflict, nothing about what stands in it, no stage`, () => {
        const text = [...lines, ''].join(eol);
        const found = conflictsIn(text).map(({ first, last }) => [first + 1, last + 1]);
        assert.deepEqual(found, conflicts);
        for (const version of omniaVersions) {
          const model = modelOf(text, version);
          const findings = model.sortedFindings().map(({ rule: { code }, place: { record } }) => {
            return [
              code,
              record === undefined ? 0 : model.document.lineOf(model.document.indexOf(record)) + 1,
            ] as const;
          });
          const own = findings.filter(([code]) => code === 'merge-conflict').map(([, line]) => line);
          assert.deepEqual(
            own,
            conflicts.map(([first]) => first),
            version,
          );
          const inside = findings.filter(([code, line]) => {
            return code !== 'merge-conflict' && conflicts.some(([first, last]) => line >= first && line <= last);
          });
          assert.deepEqual(inside, [], version);
          if (conflicts.length === 0) continue;
          assert.ok(errorCount(new CsvDocument(text), version) > 0);
          const [obstacle, ...others] = obstaclesOf(text, version);
          assert.equal(obstacle?.kind, 'merge-conflict');
          assert.deepEqual([obstacle.lines.map((line) => line + 1), others], [conflicts.map(([first]) => first), []]);
        }
      });
    }
  }

  test('a fault outside of a conflict is still told', () => {
    const text = [header, ...top, ...twoSides, node2.replace('10.5.0.15', '10.5.0'), ''].join('\n');
    const codes = modelOf(text)
      .sortedFindings()
      .map(({ rule }) => rule.code);
    assert.deepEqual(codes, ['few-control-planes', 'no-login-node', 'merge-conflict', 'bad-ipv4']);
  });

  test('edit by edit the findings are those of the whole text', () => {
    const line = fc.constantFrom('<<<<<<< a', '=======', '>>>>>>> b', '||||||| c', node1, node2, '# x', '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(8), line, (lines, at, more) => {
        const all = [header, ...lines];
        const model = modelOf([...all, ''].join('\n'), '2.3');
        const place = { line: Math.min(at + 1, all.length), character: 0 };
        model.edit({ range: { start: place, end: place }, newText: `${more}\n` });
        const fresh = modelOf(model.document.text(), '2.3');
        const told = (one: typeof model) =>
          one.sortedFindings().map(({ rule, place: { record } }) => {
            return [rule.code, record === undefined ? -1 : one.document.indexOf(record)];
          });
        assert.deepEqual(told(model), told(fresh));
      }),
    );
  });

  test('a file without marks is judged as before', () => {
    assert.deepEqual(modelOf(cluster).findings(), []);
  });
});

suite('marks that a merge left in failed_nodes.json', () => {
  const entry = (status: string) => `    { "bmc_ip": "10.6.0.14", "status": "${status}" }`;
  const text = [
    '{',
    '  "failed_nodes": [',
    '<<<<<<< HEAD',
    entry('failed'),
    '=======',
    entry('sucess'),
    '>>>>>>> other',
    '  ]',
    '}',
    '',
  ].join('\n');

  test('one finding a conflict, other rules quiet, and the list is broken for every stage', () => {
    const document = readFailedNodesDocument(text);
    const found = checkFailedNodes({ document }).map(({ rule, range }) => [rule.code, range.start.line + 1]);
    assert.deepEqual(found, [['failed-nodes-conflict', 3]]);
    const list = failedListOf(text, undefined);
    assert.equal(list.kind, 'broken');
  });

  test('what stands around it is still checked', () => {
    const document = readFailedNodesDocument(text.replace('"failed_nodes"', '"job_id": "7",\n  "failed_nodes"'));
    const codes = checkFailedNodes({ document }).map(({ rule }) => rule.code);
    assert.deepEqual(codes, ['bad-job-id', 'failed-nodes-conflict']);
  });
});
