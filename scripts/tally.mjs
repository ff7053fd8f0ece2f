/** The results of test layers. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ name: string, ms: number }} TimedTest
 *
 * The results of a layer: counts, a line with name and error for each failed test, and the slowest tests.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], tests: TimedTest[] }} Tally
 */

const told = 10;

/** @returns {Tally} */
export const noTests = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], tests: [] });

/**
 * The ten slowest, slowest first.
 * @param {readonly TimedTest[]} tests
 */
export function slowest(tests) {
  return [...tests].sort((one, other) => other.ms - one.ms).slice(0, told);
}

/**
 * Reads the results of a layer. A layer that exits with an error but no failed test counts as one failure.
 * @param {string} file
 * @param {number} exitCode
 * @returns {Tally}
 */
export function readTally(file, exitCode) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  /** @type {Tally} */
  const tally = { ...noTests(), ...(text === '' ? {} : JSON.parse(text)) };
  if (exitCode === 0 || tally.failed > 0) return tally;
  const why = `the layer ended with exit code ${exitCode} and no failed test`;
  return { ...tally, failed: 1, failures: [...tally.failures, why] };
}

/**
 * @param {Readonly<Record<string, Tally>>} tallies by layer
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = noTests();
  for (const [layer, tally] of Object.entries(tallies)) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    total.failures.push(...tally.failures.map((failure) => `${layer}: ${failure}`));
    total.tests.push(...tally.tests.map(({ name, ms }) => ({ name: `${layer}: ${name}`, ms })));
  }
  return { ...total, tests: slowest(total.tests) };
}

/**
 * The summary at the end of a run; the last line has the totals.
 * @param {Tally} total
 * @param {{ wallSeconds: number, processorSeconds: number | undefined }} times
 * @returns {string}
 */
export function summary({ passed, failed, skipped, failures, tests }, { wallSeconds, processorSeconds }) {
  const spent =
    processorSeconds === undefined ? '' : `, ${processorSeconds.toFixed(0)} s of processor time (user and system)`;
  return [
    ...(tests.length > 0 ? ['', 'The slowest tests:'] : []),
    ...tests.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`),
    // Repeated at the end, where people look first.
    ...failures.flatMap((failure) => ['', `Failed in ${failure}`]),
    '',
    `${wallSeconds.toFixed(0)} s${spent}`,
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ].join('\n');
}
