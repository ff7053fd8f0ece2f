import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/** The only files that may use the machine's time (invariant 10 in docs/architecture.md). */
const clocks = /\/(?:systemClock|movableClock|clock)\.ts$/;

const machineTime: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a timer', /\bset(?:Timeout|Interval)\s*\(/],
  ['timers of Node', /['"](?:node:)?timers(?:\/promises)?['"]/],
  ['the date of the machine', /\bDate\.now\b|\bnew Date\(\s*\)/],
  ['the time of the machine', /\bperformance\.now\b|\bprocess\.(?:hrtime|uptime)\b/],
  ['a deadline of the machine', /\bAbortSignal\.timeout\b/],
];

function foundIn(text: string): string[] {
  const code = text.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/gm, '');
  return machineTime.filter(([, pattern]) => pattern.test(code)).map(([what]) => what);
}

suite('time comes from the clock that is passed in', () => {
  test('no file of packages/ asks the machine for it', () => {
    const files = globSync('packages/*/src/**/*.ts', { cwd: root });
    assert.ok(files.length > 300);
    const found = files
      .filter((file) => !clocks.test(file))
      .flatMap((file) => foundIn(readFileSync(path.join(root, file), 'utf8')).map((what) => `${file}: ${what}`));
    assert.deepEqual(found, [], 'take a Clock as a parameter and wait on that: a test moves it');
  });

  for (const code of [
    'setTimeout(() => undefined, 5)',
    "import { setTimeout as wait } from 'node:timers/promises';",
    'const now = Date.now;',
    'const today = new Date();',
    'const startMs = performance.now();',
    'socket.setTimeout(5)',
    'const signal = AbortSignal.timeout(5);',
  ]) {
    test(`${code} would be found, but not in a comment`, () => {
      assert.equal(foundIn(code).length, 1);
      assert.deepEqual(foundIn(`/** ${code} */\nconst a = 1; // ${code}`), []);
    });
  }
});
