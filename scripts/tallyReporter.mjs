/**
 * Reporter for Node's test runner that leaves the totals as JSON, for the sum over all layers.
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* tallyReporter(events) {
  for await (const { type, data } of events) {
    // One summary per file, and one without a file for everything.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled });
  }
}
