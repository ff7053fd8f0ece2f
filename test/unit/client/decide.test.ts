import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answers } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { decide } = await import('@omnia-buildstream/client/decision/decide');
const { planLook } = await import('@omnia-buildstream/client/decision/planLook');

suite('a question before something is touched', () => {
  const asked: { detail: string; buttons: readonly string[] }[] = [];
  const pages: string[] = [];
  const ask = (given: readonly (string | undefined)[], isRead: boolean): Promise<string | undefined> => {
    const left = [...given];
    asked.length = 0;
    pages.length = 0;
    answers.modal = (_question, detail, buttons) => {
      asked.push({ detail, buttons });
      return left.shift();
    };
    answers.pick = ([first]) => (isRead ? first : undefined);
    let bmcs = 'not asked';
    const showPage = (page: string): Promise<void> => {
      pages.push(page);
      return Promise.resolve();
    };
    const whole = { question: 'Boot?', told: () => ['All of it.'], nodes: [], restart: undefined };
    const check = (): Promise<'again'> => {
      bmcs = 'all respond';
      return Promise.resolve('again');
    };
    const looks = [planLook(showPage, whole), { button: 'Check', look: check }];
    return decide({ question: 'Boot?', detail: () => [bmcs], looks, ways: ['Boot 3 Nodes', 'Boot 1 First'] });
  };

  test('Enter never acts: the first button shows the plan, and the question returns after it', async () => {
    assert.equal(await ask(['Show Plan', 'Show Plan', 'Boot 3 Nodes'], true), 'Boot 3 Nodes');
    assert.deepEqual(asked[0]?.buttons, ['Show Plan', 'Boot 3 Nodes', 'Boot 1 First', 'Check']);
    assert.equal(asked.length, 3);
    assert.match(pages[0] ?? '', /^# Boot\?\n\nAll of it\\\./);
  });

  test('leaving the plan is a no', async () => {
    assert.equal(await ask(['Show Plan', 'Boot 3 Nodes'], false), undefined);
    assert.equal(asked.length, 1);
  });

  test('what was found out meanwhile stands in the question when it returns', async () => {
    assert.equal(await ask(['Check', undefined], true), undefined);
    assert.deepEqual(
      asked.map(({ detail }) => detail),
      ['not asked', 'all respond'],
    );
  });
});
