/**
 * `npm run coverage`: which branches of the sources are covered by the layers without the editor, to compare before and
 * after a change. Code in separate processes (the command line, the language server) counts only if it runs from the
 * sources.
 */
import { availableParallelism } from 'node:os';
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { buildOnce } = await import('./build.mjs');
const { runNodeTests } = await import('./nodeTests.mjs');

await buildOnce();
const sources = ['client', 'server', 'packages/*'].map((place) => `--test-coverage-include=${place}/src/**/*.ts`);
const switches = ['--experimental-test-coverage', ...sources, `--test-concurrency=${availableParallelism()}`];
const patterns = ['unit', 'contract', 'integration'].map((name) => `test/${name}/**/*.test.ts`);
const { failed } = await runNodeTests(patterns, { switches });
process.exitCode = failed > 0 ? 1 : 0;
