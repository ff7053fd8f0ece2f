import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { answers } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { confirmStage } = await import('@omnia-buildstream/client/stages/session/confirmStage');

type Nodes = Parameters<typeof confirmStage>[0]['plan']['nodes'];

function nodes(count: number): Nodes {
  return Array.from({ length: count }, (_, index) => {
    const target = { hostname: `cn-${String(index + 1)}`, bmcIp: `10.6.0.${String(index + 1)}`, groupName: 'grp1' };
    return { target, why: phrase('new') };
  }) as unknown as Nodes;
}

/** The question with its buttons. Undefined if none was asked. */
async function asked(count: number, asks: boolean, asker: 'person' | 'model') {
  let seen: { readonly lines: readonly string[]; readonly buttons: readonly string[] } | undefined;
  answers.modal = (_, detail, buttons) => {
    seen = { lines: detail.split('\n'), buttons };
    return buttons.at(-1);
  };
  const way = { button: 'Go', notes: [], carryOut: () => Promise.resolve(0) };
  const plan = { nodes: nodes(count), restart: undefined, asks };
  const offered = { question: 'Restart?', standing: [], others: [], plan, ...way };
  const agreed = await confirmStage(offered, () => Promise.resolve(), asker);
  answers.modal = undefined;
  assert.equal(agreed?.way.button, 'Go');
  return seen;
}

suite('a stage that a language model asks for', () => {
  test('is asked about with each node, as many as a dialog holds, and Show Plan has the rest', async () => {
    const few = await asked(3, true, 'model');
    assert.deepEqual(few?.lines.slice(0, 6), [
      'A language model asks for it.',
      '',
      'Nodes: 3',
      'cn-1 (10.6.0.1)',
      'cn-2 (10.6.0.2)',
      'cn-3 (10.6.0.3)',
    ]);
    const many = await asked(1000, true, 'model');
    assert.deepEqual(many?.lines.slice(22, 24), ['cn-20 (10.6.0.20)', 'and 980 more']);
    assert.deepEqual(many.buttons, ['Show Plan', 'Go']);
    assert.ok(many.lines.length < 30);
  });

  test('is asked about also where it only reads, which a person is not', async () => {
    assert.equal((await asked(3, false, 'model'))?.lines[0], 'A language model asks for it.');
    assert.equal(await asked(3, false, 'person'), undefined);
    assert.doesNotMatch((await asked(3, true, 'person'))?.lines.join() ?? '', /language model|Nodes: /);
  });
});
