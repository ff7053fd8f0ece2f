import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { answer, refusal, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import type { PlannedWrite, WriteTools } from '@omnia-buildstream/tools/writing/plannedWrite';
import { planLifetimeMs } from '@omnia-buildstream/tools/writing/plans';
import { questionOf } from '@omnia-buildstream/tools/writing/question';
import { Writing, type Said, type WriteStep } from '@omnia-buildstream/tools/writing/writing';
import { hostileText } from '../../support/hostileText.ts';

const { signal } = new AbortController();
const given = { pipeline: 7 };
const nodes = [
  { hostname: 'cn-001', bmcIp: '10.0.0.1' },
  { hostname: 'cn-002', bmcIp: '10.0.0.2' },
];

/** A world in which a retry is the only possible action, with a count of the retries. */
class World {
  isAllowed = true;
  nowMs = 0;
  runs = 0;
  digest = 'a';
  #tokens = 0;
  readonly writing: Writing;

  constructor() {
    const tools = Object.fromEntries(
      Object.keys(writeTools).map((name) => [name, () => Promise.resolve({ planned: this.#planned() })]),
    ) as unknown as WriteTools;
    this.writing = new Writing(tools, {
      mayWrite: () => Promise.resolve(this.isAllowed),
      now: () => this.nowMs,
      newToken: () => `token-${String((this.#tokens += 1))}`,
    });
  }

  #planned(): PlannedWrite {
    const { digest } = this;
    const run = (): Promise<ToolAnswer> => {
      if (this.digest !== digest) return Promise.resolve(refusal('another plan'));
      this.runs += 1;
      return Promise.resolve(answer({ own: 'done' }));
    };
    return { action: 'Retry', nodes, text: 'the plan', from: ['GitLab'], digest, run };
  }

  step(plan?: string, said?: Said, args: object = given): Promise<WriteStep> {
    const all = { ...args, ...(plan === undefined ? {} : { plan }) };
    return this.writing.step('retry_failed', all, { said, signal });
  }

  async planned(): Promise<string> {
    return /plan "([^"]+)"/.exec(wordsOf(await this.step()))?.[1] ?? '';
  }

  async asked(token: string): Promise<string> {
    const step = await this.step(token);
    assert.equal(step.kind, 'ask');
    return step.round;
  }
}

function wordsOf(step: WriteStep): string {
  assert.equal(step.kind, 'answer');
  return step.answer.parts.map((part) => ('own' in part ? part.own : '')).join('\n');
}

suite('changes by tools', () => {
  test('a plan, a question that names every node, a yes: it is done, once', async () => {
    const world = new World();
    const token = await world.planned();
    const step = await world.step(token);
    assert.equal(step.kind, 'ask');
    assert.match(step.question, /^- cn-001 \(10\.0\.0\.1\)$/m);
    assert.match(step.question, /^- cn-002 \(10\.0\.0\.2\)$/m);
    const yes = { round: step.round, isYes: true };
    assert.equal(wordsOf(await world.step(token, yes)), 'done');
    assert.match(wordsOf(await world.step(token, yes)), /no such plan/);
    assert.equal(world.runs, 1);
  });

  test('two answers at once carry it out once', async () => {
    const world = new World();
    const token = await world.planned();
    const yes = { round: await world.asked(token), isYes: true };
    await Promise.all([world.step(token, yes), world.step(token, yes)]);
    assert.equal(world.runs, 1);
  });

  const refusals: readonly [string, RegExp, (world: World, token: string) => Promise<WriteStep>][] = [
    ['without the setting', /not allowed/, (world, token) => ((world.isAllowed = false), world.step(token))],
    [
      'without a token, a yes ahead of the question',
      /this is the plan/,
      (world) => world.step(undefined, { round: undefined, isYes: true }),
    ],
    [
      'with a token of its own making',
      /no such plan/,
      (world) => world.step('token-99', { round: 'token-1', isYes: true }),
    ],
    [
      'with a yes to no question',
      /does not belong to the question/,
      (world, token) => world.step(token, { round: undefined, isYes: true }),
    ],
    ['with other arguments', /other arguments/, (world, token) => world.step(token, undefined, { pipeline: 8 })],
    [
      'after a no, and again after it',
      /no such plan/,
      async (world, token) => {
        const round = await world.asked(token);
        assert.match(wordsOf(await world.step(token, { round, isYes: false })), /said no/);
        return world.step(token, { round, isYes: true });
      },
    ],
    [
      'with a plan that has expired, also while the question was open',
      /expired/,
      async (world, token) => {
        const round = await world.asked(token);
        world.nowMs = planLifetimeMs;
        return world.step(token, { round, isYes: true });
      },
    ],
    [
      'when the permission was taken back while the question was open',
      /not allowed/,
      async (world, token) => {
        const round = await world.asked(token);
        world.isAllowed = false;
        return world.step(token, { round, isYes: true });
      },
    ],
    [
      'with a plan that no longer holds',
      /another plan/,
      async (world, token) => {
        const round = await world.asked(token);
        world.digest = 'b';
        return world.step(token, { round, isYes: true });
      },
    ],
  ];
  for (const [name, words, act] of refusals) {
    test(`${name}: nothing is done`, async () => {
      const world = new World();
      assert.match(wordsOf(await act(world, await world.planned())), words);
      assert.equal(world.runs, 0);
    });
  }

  test('whatever is called in whatever order, nothing is done without a yes to the question that was asked last', async () => {
    const move = fc.record({
      token: fc.option(fc.nat(6), { nil: undefined }),
      round: fc.option(fc.nat(6), { nil: undefined }),
      isYes: fc.boolean(),
      waitMs: fc.constantFrom(0, 1, planLifetimeMs),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
        const world = new World();
        const rounds = new Set<string>();
        let yeses = 0;
        for (const { token, round, isYes, waitMs } of moves) {
          world.nowMs += waitMs;
          const said = round === undefined ? undefined : { round: `token-${String(round)}`, isYes };
          if (said !== undefined && isYes && rounds.delete(said.round)) yeses += 1;
          const step = await world.step(token === undefined ? undefined : `token-${String(token)}`, said);
          if (step.kind === 'ask') rounds.add(step.round);
          assert.ok(world.runs <= yeses);
        }
      }),
    );
  });

  test('a name of a node makes no line of its own in the question, and takes none away', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (hostname, text) => {
        const planned = { action: 'Retry', nodes: [{ hostname, bmcIp: '' }, ...nodes], text, from: [], digest: '' };
        const question = questionOf({ ...planned, run: () => Promise.resolve(answer()) });
        const lines = question.split('\n');
        assert.deepEqual(lines.slice(2, 4), ['- cn-001 (10.0.0.1)', '- cn-002 (10.0.0.2)']);
        assert.equal(lines[0], 'Retry? It touches 3 nodes:');
        assert.doesNotMatch(lines.join(''), /[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 1000 },
    );
  });
});

test('no tool cancels, turns power off, or takes a password or a token of a server', () => {
  const tools = { ...readTools, ...writeTools };
  for (const [name, { fields }] of Object.entries(tools)) {
    assert.doesNotMatch(name, /cancel|stop|off|login|sign/);
    assert.doesNotMatch(Object.keys(fields).join(' '), /password|token|secret|user|credential|url|server/);
  }
});
