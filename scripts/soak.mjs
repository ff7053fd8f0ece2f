/**
 * `npm run soak 20`: runs the unit and integration tests that many times on a machine that is kept busy, and lists at
 * the end which tests failed in which rounds. Layers can be named after the number: `npm run soak 20 integration`.
 */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { layers } = await import('./layers.mjs');
const { spawnOwned } = await import('./lifetime.mjs');

const [count = '1', ...named] = process.argv.slice(2);
const rounds = Number(count);
const chosen = named.length > 0 ? named : ['unit', 'integration'];
const unknown = chosen.filter((name) => !(name in layers));
if (!Number.isInteger(rounds) || rounds < 1 || unknown.length > 0) {
  console.error(`Usage: npm run soak <rounds> [layer…]; layers: ${Object.keys(layers).join(', ')}`);
  process.exit(2);
}
const wanted = /** @type {import('./layers.mjs').LayerName[]} */ (chosen);

await Promise.all(wanted.flatMap((name) => layers[name].needs).map((need) => need()));
for (let i = 0; i < 2 * availableParallelism(); i++) {
  // These end with this process.
  spawnOwned(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' });
}
/** @type {Map<string, number[]>} the rounds in which a test failed */
const failures = new Map();
for (let round = 1; round <= rounds; round++) {
  const startMs = Date.now();
  // Inherited by the tests, so that each round tries properties with other values.
  const seed = String(randomInt(1, 2 ** 31));
  process.env['PROPERTY_SEED'] = seed;
  let failed = 0;
  for (const name of wanted) {
    const tally = await layers[name].run('none');
    failed += tally.failed;
    for (const failure of tally.failures) {
      failures.set(failure, [...(failures.get(failure) ?? []), round]);
      console.log(`Failed in round ${round}: ${failure}`);
    }
  }
  console.log(
    `Round ${round} of ${rounds} (PROPERTY_SEED=${seed}): ${failed} failed, ${((Date.now() - startMs) / 1000).toFixed(0)} s`,
  );
}
for (const [failure, inRounds] of failures) console.log(`\nFailed in round ${inRounds.join(', ')}: ${failure}`);
console.log(`\n${rounds} rounds, ${failures.size} kinds of failure`);
process.exit(failures.size > 0 ? 1 : 0);
