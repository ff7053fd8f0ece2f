/**
 * Reporter for Node's test runner that leaves the totals and the failed tests as JSON, for the sum over all layers.
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* tallyReporter(events) {
  /** @type {string[]} */
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      failures.push(`${data.name} (${data.file}): ${firstLine(data.details.error)}`);
    }
    // One summary per file, and one without a file for everything.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, failures });
  }
}

/** @param {{ message: string, cause?: unknown }} error */
function firstLine({ message, cause }) {
  return String(cause instanceof Error ? cause.message : message).split('\n', 1)[0];
}
