/**
 * `npm run check:slow`: tests that take too long for CI and run when their part changes; CONTRIBUTING.md says when.
 * These are the tests in test/slow, and tests of other layers with counts that take too long for CI.
 */
import { bootstrap } from './bootstrap.mjs';

const startMs = Date.now();
await bootstrap();
const { buildOnce } = await import('./build.mjs');
const { installSlowPeers } = await import('./slow/peers.mjs');
const { runNodeTests } = await import('./nodeTests.mjs');
const { processorSeconds } = await import('./processorTime.mjs');
const { sum, summary } = await import('./tally.mjs');

await buildOnce();
await installSlowPeers().catch((error) => console.error(String(error)));
/** The counts for testing a release. Each can be overridden by an environment variable, to reproduce a failure. */
const env = { KILLS: '2000', KILL_ROUNDS: '20', RUNS: '20', EDITS: '1000000', LSP_EDITS: '1000000', ...process.env };
const counted = [
  'test/unit/engine/kills.test.ts',
  'test/integration/engine/kills.test.ts',
  'test/integration/redfish/clientsOfOthers.test.ts',
  'test/unit/validation/model.test.ts',
];
const total = sum({
  slow: await runNodeTests(['test/slow/**/*.test.ts'], { env }),
  counted: await runNodeTests(counted, { env }),
});
const times = { wallSeconds: (Date.now() - startMs) / 1000, processorSeconds: processorSeconds() };
console.log(summary(total, times));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
