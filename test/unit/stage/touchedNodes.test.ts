import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { bmcNetworks, decisionDocument, touchedLines } from '@omnia-buildstream/core/stage/touchedNodes';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { fits } from '@omnia-buildstream/core/text/fitting';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';

function node(n: number, groupName: string, why: 'new' | 'failed'): StageNode {
  const target: Target = {
    bmcIp: `10.6.${String(n >> 8)}.${String(n & 255)}`,
    hostname: `cn-${String(n)}`,
    serviceTag: '',
    functionalGroup: 'slurm_node_x86_64',
    groupName,
    adminIp: '',
    adminMac: '',
    line: n,
  };
  return { target, why: phrase(reasonTexts[why]) };
}

suite('what a question says of the nodes that it is about', () => {
  test('counts by reason and by group, and the exceptions by name', () => {
    const many = Array.from({ length: 40 }, (_, index) => node(index, 'grp1', 'new'));
    const nodes = [node(50, 'grp1', 'failed'), ...many, node(51, 'grp2', 'failed')];
    assert.deepEqual(touchedLines(nodes, say), [
      '40 new in the mapping file',
      '2 failed in the last run: cn-50, cn-51',
      'grp1: 41, grp2: 1',
    ]);
  });

  test('of many exceptions the first are named, with how many more there are', () => {
    const failed = Array.from({ length: 17 }, (_, index) => node(index, 'grp1', 'failed'));
    const many = Array.from({ length: 900 }, (_, index) => node(100 + index, 'grp1', 'new'));
    assert.equal(
      touchedLines([...failed, ...many], say)[1],
      '17 failed in the last run: cn-0, cn-1, cn-2, cn-3, cn-4 and 12 more',
    );
  });

  test('one reason of all nodes is told once, and their groups in one line', () => {
    const nodes = [1, 2, 3, 4, 5, 6, 7].map((n) => node(n, n < 4 ? 'grp1' : 'grp2', 'new'));
    assert.deepEqual(touchedLines(nodes, say), ['7 new in the mapping file', 'grp1: 3, grp2: 4']);
  });

  for (const count of [1, 60, 1_000, 10_000]) {
    test(`of ${String(count)} nodes in any groups, for any reasons, it is short, and the plan has every node`, () => {
      const kinds = fc.record({
        groups: fc.integer({ min: 1, max: 300 }),
        reasons: fc.integer({ min: 1, max: 40 }),
        units: fc.integer({ min: 1, max: 200 }),
      });
      fc.assert(
        fc.property(kinds, ({ groups, reasons, units }) => {
          const nodes = Array.from({ length: count }, (_, n) => {
            const { target } = node(n, `${'g'.repeat(units)}${String(n % groups)}`, 'new');
            return { target, why: phrase(whyTexts.getsImage, { image: `${'i'.repeat(units)}${String(n % reasons)}` }) };
          });
          const lines = touchedLines(nodes, say);
          assert.ok(fits([lines]), lines.join('\n'));
          const numbers = lines.slice(0, -1).flatMap((line) => line.match(/^\d+(?= )|(?<=: )\d+$/g) ?? []);
          assert.equal(
            numbers.reduce((total, one) => total + Number(one), 0),
            count,
            lines.join('\n'),
          );
          if (count > 60) return;
          const plan = String(decisionDocument('Now?', [], { nodes, restart: undefined }, say));
          for (const { target } of nodes) assert.ok(plan.includes(`| ${target.hostname.replace('-', '\\-')} |`));
        }),
        { numRuns: count > 1_000 ? 10 : 50 },
      );
    });
  }

  test('the networks of the BMCs tell which cluster it is, two at most', () => {
    const at = (bmcIp: string) => ({ target: { ...node(1, '', 'new').target, bmcIp } });
    assert.equal(bmcNetworks([at('172.17.107.2'), at(' 172.17.107.9 ')], say), 'BMCs in 172.17.107.0/24');
    assert.equal(bmcNetworks([at('10.1.1.2'), at('10.1.2.9'), at('10.1.3.9')], say), 'BMCs in 10.1.0.0/16');
    assert.equal(bmcNetworks([at('10.1.1.2'), at('192.168.2.9')], say), 'BMCs in 10.1.1.0/24, 192.168.2.0/24');
    assert.equal(bmcNetworks([at('')], say), '');
  });
});
