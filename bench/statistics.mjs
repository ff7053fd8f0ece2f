/**
 * The value that `share` of the values do not exceed.
 * @param {readonly number[]} values
 * @param {number} share 0 to 1
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/**
 * Runs `work` several times.
 * @param {number} times
 * @param {(run: number) => unknown} work
 * @returns {number[]} milliseconds of each run
 */
export function measure(times, work) {
  return Array.from({ length: times }, (_, run) => {
    const start = process.hrtime.bigint();
    work(run);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
}

/**
 * Measures the processor time of `work`, which shows even on a busy machine how long it would take on an idle one.
 * @param {() => unknown} work
 * @returns {number} milliseconds
 */
export function measureCpu(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}
