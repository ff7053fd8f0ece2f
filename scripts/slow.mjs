/**
 * `npm run check:slow`: what takes too long for CI and is run when its part changes; CONTRIBUTING.md says when. The tests
 * in test/slow, and tests of other layers with numbers that CI does not wait for.
 */
import { bootstrap } from './bootstrap.mjs';

const startMs = Date.now();
await bootstrap();
const { buildOnce } = await import('./build.mjs');
const { runNodeTests } = await import('./nodeTests.mjs');
const { processorSeconds } = await import('./processorTime.mjs');
const { sum, summary } = await import('./tally.mjs');

await buildOnce();
const total = sum({ slow: await runNodeTests(['test/slow/**/*.test.ts']) });
const times = { wallSeconds: (Date.now() - startMs) / 1000, processorSeconds: processorSeconds() };
console.log(summary(total, times));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
