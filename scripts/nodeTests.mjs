/** Runs test files under Node's test runner. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runForCode, temporaryFolder } from './lifetime.mjs';
import { root } from './paths.mjs';
import { readTally } from './tally.mjs';

/**
 * @param {readonly string[]} patterns globs of test files
 * @param {object} [options]
 * @param {readonly string[]} [options.switches] more switches for Node, such as how many files run at a time
 * @param {'live' | 'at-end' | 'none'} [options.output] when the tests' output is shown
 * @param {NodeJS.ProcessEnv} [options.env] more variables
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runNodeTests(patterns, { switches = [], output = 'live', env = {} } = {}) {
  const { dir, remove } = temporaryFolder();
  const tallyFile = path.join(dir, 'tally.json');
  const outputFile = path.join(dir, 'output.txt');
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [`--test-reporter=${path.join(root, 'scripts/tallyReporter.mjs')}`, `--test-reporter-destination=${tallyFile}`],
  ].flat();
  // Most files load the same modules, and the command line is started hundreds of times.
  const cached = { ...process.env, NODE_COMPILE_CACHE: path.join(dir, 'compiled'), ...env };
  const args = ['--test', ...switches, ...reporters, ...patterns];
  const file = openSync(outputFile, 'w');
  const stdio = output === 'live' ? undefined : /** @type {const} */ (['ignore', file, file]);
  const code = await runForCode(process.execPath, args, {
    cwd: root,
    env: cached,
    ...(stdio && { stdio: [...stdio] }),
  });
  closeSync(file);
  if (output === 'at-end') process.stdout.write(readFileSync(outputFile));
  const tally = readTally(tallyFile, code);
  remove();
  return tally;
}
