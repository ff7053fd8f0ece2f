/**
 * Reporter for Node's test runner that writes the totals, the failed tests and the slowest tests as JSON, for the sum
 * over all layers.
 */
import path from 'node:path';
import { slowest } from './tally.mjs';

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* tallyReporter(events) {
  /** @type {string[]} */
  const failures = [];
  /** @type {import('./tally.mjs').TimedTest[]} */
  const tests = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      failures.push(`${data.name} (${data.file}): ${firstLine(data.details.error)}`);
    }
    const isTest = (type === 'test:pass' || type === 'test:fail') && data.details.type !== 'suite';
    if (isTest) tests.push({ name: `${data.name} (${fileName(data.file)})`, ms: data.details.duration_ms });
    // There is one summary per file, and one without a file for the whole run.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped, failures, tests: slowest(tests) });
  }
}

/** @param {string | undefined} file */
function fileName(file) {
  return path.relative(process.cwd(), file ?? '');
}

/** @param {{ message: string, cause?: unknown }} error */
function firstLine({ message, cause }) {
  return String(cause instanceof Error ? cause.message : message).split('\n', 1)[0];
}
