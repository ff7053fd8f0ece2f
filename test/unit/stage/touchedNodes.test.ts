import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { bmcNetworks, decisionDocument, touchedLines } from '@omnia-buildstream/core/stage/touchedNodes';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
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
  test('counts by group and reason, and the exceptions by name', () => {
    const many = Array.from({ length: 40 }, (_, index) => node(index, 'grp1', 'new'));
    const nodes = [...many, node(50, 'grp1', 'failed'), node(51, 'grp2', 'failed')];
    assert.deepEqual(touchedLines(nodes, say), [
      'grp1: 40 new in the mapping file, 1 failed in the last run',
      'grp2: 1 failed in the last run',
      'failed in the last run: cn-50, cn-51',
    ]);
  });

  test('one reason of all nodes is told once, and their groups in one line', () => {
    const nodes = [1, 2, 3, 4, 5, 6, 7].map((n) => node(n, n < 4 ? 'grp1' : 'grp2', 'new'));
    assert.deepEqual(touchedLines(nodes, say), ['7 new in the mapping file', 'grp1: 3, grp2: 4']);
  });

  test('however many nodes and groups there are, it fits on a screen, and the plan has every node', () => {
    const some = fc.record({ group: fc.integer({ min: 0, max: 30 }), isNew: fc.boolean() });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 400 }), (drawn) => {
        const nodes = drawn.map(({ group, isNew }, n) => node(n, `g${String(group)}`, isNew ? 'new' : 'failed'));
        const lines = touchedLines(nodes, say);
        assert.ok(lines.length <= 9, lines.join('\n'));
        const counted = lines
          .filter((line) => /^g\d+: /.test(line))
          .flatMap((line) => line.match(/\d+ (?=new|failed)|(?<=: )\d+(?=, g|, nodes|$)/g) ?? []);
        const further = lines.flatMap((line) => /^nodes in further groups: (\d+)$/.exec(line)?.[1] ?? []);
        const sum = [...counted, ...further].reduce((total, count) => total + Number(count), 0);
        assert.equal(sum, nodes.length);
        const plan = String(decisionDocument('Now?', [], { nodes, restart: undefined }, say));
        for (const { target } of nodes) assert.ok(plan.includes(`| ${target.hostname.replace('-', '\\-')} |`));
      }),
    );
  });

  test('the networks of the BMCs tell which cluster it is, two at most', () => {
    const at = (bmcIp: string) => ({ target: { ...node(1, '', 'new').target, bmcIp } });
    assert.equal(bmcNetworks([at('172.17.107.2'), at(' 172.17.107.9 ')], say), 'BMCs in 172.17.107.0/24');
    assert.equal(bmcNetworks([at('10.1.1.2'), at('10.1.2.9'), at('10.1.3.9')], say), 'BMCs in 10.1.0.0/16');
    assert.equal(bmcNetworks([at('10.1.1.2'), at('192.168.2.9')], say), 'BMCs in 10.1.1.0/24, 192.168.2.0/24');
    assert.equal(bmcNetworks([at('')], say), '');
  });
});
