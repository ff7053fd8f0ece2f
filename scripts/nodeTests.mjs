/** Runs test files under Node's test runner. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runForCode, temporaryFolder } from './lifetime.mjs';
import { root } from './paths.mjs';

/**
 * What a layer counted, and for each failed test a line with its name and what went wrong.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Tally
 *
 * @param {readonly string[]} patterns globs of test files
 * @param {readonly string[]} [switches] more switches for Node, such as how many files run at a time
 * @returns {Promise<Tally>}
 */
export async function runNodeTests(patterns, switches = []) {
  const { dir, remove } = temporaryFolder();
  const tallyFile = path.join(dir, 'tally.json');
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [`--test-reporter=${path.join(root, 'scripts/tallyReporter.mjs')}`, `--test-reporter-destination=${tallyFile}`],
  ].flat();
  // Most files load the same modules, and the command line is started hundreds of times.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(dir, 'compiled') };
  const args = ['--test', ...switches, ...reporters, ...patterns];
  const code = await runForCode(process.execPath, args, { cwd: root, env });
  const tally = readTally(tallyFile, code);
  remove();
  return tally;
}

/**
 * Reads what a layer counted. A layer that ends badly without a failed test counts as one failure.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Tally}
 */
export function readTally(file, exitCode) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  /** @type {Tally} */
  const tally = text === '' ? { passed: 0, failed: 0, failures: [] } : JSON.parse(text);
  if (exitCode === 0 || tally.failed > 0) return tally;
  const why = `the layer ended with exit code ${exitCode} and no failed test`;
  return { ...tally, failed: 1, failures: [...tally.failures, why] };
}
