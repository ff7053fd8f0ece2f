import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { modelTargets } from '@omnia-buildstream/core/nodes/modelTargets';
import { decideRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { obstaclesIn, obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { sayObstacle } from '@omnia-buildstream/core/plan/changeTexts';
import { omniaTargetsOf, targetsOf } from '@omnia-buildstream/core/plan/targets';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { modelAt } from '../../support/modelAt.ts';

const header = canonicalHeader.join(',');

function row(
  n: number,
  { bmc = `10.6.0.${String(n)}`, admin = `10.5.0.${String(n)}`, role = 'slurm_node_x86_64' } = {},
) {
  const hex = n.toString(16).padStart(2, '0');
  const cells = [role, 'grp1', `TAG${String(n)}`, '', `node${String(n)}`, `02:00:00:00:01:${hex}`, admin];
  return [...cells, `02:00:00:00:02:${hex}`, bmc, '', ''].join(',');
}

const fileOf = (...lines: string[]): string => [...lines, ''].join('\n');
const later = omniaVersions.filter((version) => version !== '2.1' && version !== '2.2');
const addressesOf = (text: string, version: OmniaVersion): string[] =>
  omniaTargetsOf(text, version).map(({ bmcIp }) => bmcIp);

/** Obstacles that end the restart stage of 2.3: kind and lines, counted from 1. */
const kinds: [title: string, text: string, expected: [kind: string, ...lines: number[]][]][] = [
  ['nothing', fileOf(header, row(1), row(2)), []],
  ['empty lines between rows and at the end', fileOf(header, row(1), '', row(2), '', ''), []],
  ['a comment above the header', fileOf('# rack 2', header, row(1)), [['line-above-header', 1]]],
  ['a node behind # above the header', fileOf(`#${row(2)}`, header, row(1)), [['line-above-header', 1]]],
  ['an empty line above the header', fileOf('', header, row(1)), [['line-above-header', 1]]],
  ['a comment that is no row', fileOf(header, row(1), '# rack 2', row(2)), [['comment-no-row', 3]]],
  ['a quoted comment', fileOf(header, '"# rack, 2"', row(1)), [['comment-no-row', 2]]],
  ['a comment with commas', fileOf(header, row(1), '# a, b, c'), [['comment-no-row', 3]]],
  ['a row behind # without BMC_IP', fileOf(header, row(1), `# ${row(2, { bmc: '' })}`), [['comment-no-row', 3]]],
  ['a note where addresses would be', fileOf(header, row(1), '# a,b,c,d,e,f,g,h,i,j,k'), [['comment-no-row', 3]]],
  ['a line of blanks', fileOf(header, row(1), '  ', row(2)), [['blank-line', 3]]],
  ['a tab alone', fileOf(header, row(1), '\t', row(2)), [['blank-line', 3]]],
  ['a row of commas', fileOf(header, row(1), ',,,,,,,,,,'), [['blank-line', 3]]],
  ['a BMC_IP that is empty', fileOf(header, row(1), row(2, { bmc: '' })), [['no-bmc-ip', 3]]],
  ['a BMC_IP of blanks', fileOf(header, row(1), row(2, { bmc: ' ' })), [['no-bmc-ip', 3]]],
  [
    'a BMC_IP that stands twice',
    fileOf(header, row(1), row(2), row(3, { bmc: '10.6.0.1' })),
    [['shared-bmc-ip', 2, 4]],
  ],
  ['the same with a blank', fileOf(header, row(1), row(2, { bmc: ' 10.6.0.1' })), [['shared-bmc-ip', 2, 3]]],
  ['the same behind #', fileOf(header, row(1), `#${row(2, { bmc: '10.6.0.1' })}`), [['shared-bmc-ip', 2, 3]]],
  ['an ADMIN_IP that stands twice', fileOf(header, row(1), row(2, { admin: '10.5.0.1' })), [['shared-admin-ip', 2, 3]]],
];

suite('what ends the restart stage of 2.3', () => {
  for (const [title, text, expected] of kinds) {
    test(title, () => {
      for (const version of later) {
        const found = obstaclesOf(text, version);
        assert.deepEqual(
          found.map(({ kind, lines }) => [kind, ...lines.map((line) => line + 1)]),
          expected,
          version,
        );
        for (const obstacle of found) {
          const said = sayObstacle(obstacle, renderMessage);
          assert.match(said, /restart stage of Omnia 2\.3/);
          for (const line of obstacle.lines) assert.match(said, new RegExp(`\\b${String(line + 1)}\\b`));
        }
      }
      for (const version of ['2.1', '2.2'] as const) assert.deepEqual(obstaclesOf(text, version), [], version);
    });
  }

  test('the newest and an older 2.3 are told apart where they differ', () => {
    const [obstacle = assert.fail()] = obstaclesOf(fileOf(header, row(1, { bmc: '' })), '2.3');
    assert.match(sayObstacle(obstacle, renderMessage), /newest .* an older one skips the rows/);
  });

  test('the model of the editor says the same', () => {
    for (const [title, text] of kinds) {
      for (const version of omniaVersions) {
        const { model } = modelAt(text, { version });
        assert.deepEqual(obstaclesIn(model), obstaclesOf(text, version), title);
        assert.deepEqual(modelTargets(model), omniaTargetsOf(text, version), title);
      }
    }
  });
});

suite('rows behind #', () => {
  const text = fileOf(
    header,
    row(1),
    `#${row(2)}`,
    `# ${row(3)}`,
    ` #${row(4)}`,
    `"#slurm_node_x86_64"${row(5).slice(17)}`,
  );

  test('are restarted all the same by 2.3, and never from here', () => {
    for (const version of later) {
      assert.deepEqual(addressesOf(text, version), ['10.6.0.1', '10.6.0.2', '10.6.0.3', '10.6.0.4', '10.6.0.5']);
      assert.deepEqual(
        targetsOf(text, version).map(({ bmcIp }) => bmcIp),
        ['10.6.0.1'],
        version,
      );
      const roles = omniaTargetsOf(text, version).map(({ functionalGroup }) => functionalGroup);
      assert.deepEqual([...new Set(roles)], ['slurm_node_x86_64']);
    }
    assert.deepEqual(addressesOf(fileOf(header, row(1), `#${row(2)}`), '2.2'), ['10.6.0.1']);
  });

  test('the plan boots them and says so', () => {
    const { plan } = decideRestart({
      rows: omniaTargetsOf(text, '2.3'),
      version: '2.3',
      imageGroup: 'G',
      list: { kind: 'missing' },
      committed: undefined,
      hasRestarted: false,
    });
    assert.ok(plan);
    assert.deepEqual(
      plan.nodes.map(({ action }) => action),
      Array(5).fill('boot'),
    );
    const [notice] = plan.notices;
    assert.equal(notice?.kind, 'commented-out');
    assert.ok('nodes' in notice);
    assert.match(notice.nodes, /node2 \(10\.6\.0\.2\), node3 /);
  });
});

test('no version boots a row from here that it comments out, and 2.3 never boots less than is planned from here', () => {
  const line = fc.oneof(
    fc.integer({ min: 1, max: 9 }).map((n) => row(n)),
    fc.integer({ min: 1, max: 9 }).map((n) => `#${row(n)}`),
    fc.constantFrom('', ' ', '# a', '#', ',,,', '"#"'),
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom(...later), (lines, version) => {
      const text = fileOf(header, ...lines);
      const here = targetsOf(text, version).map(({ line: at }) => at);
      const there = omniaTargetsOf(text, version).map(({ line: at }) => at);
      assert.deepEqual(
        here.filter((at) => !there.includes(at)),
        [],
      );
      for (const at of here) assert.doesNotMatch(text.split('\n')[at] ?? '', /^\W*#/);
    }),
  );
});

test('a quote that hides rows ends every stage of Omnia 2.1 and 2.2, at its line; in the last row it hides none', () => {
  const open = `${row(2)},"see below`;
  for (const version of ['2.1', '2.2'] as const) {
    assert.deepEqual(obstaclesOf(fileOf(header, row(1), open, row(3)), version), [
      { kind: 'open-quote', lines: [2], values: [] },
    ]);
    assert.deepEqual(obstaclesOf(fileOf(header, row(1), open), version), []);
  }
});
