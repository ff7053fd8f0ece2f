/** Multiplies the usual number of runs: `npm run check:slow` sets RUNS. */
const factor = Number(process.env['RUNS'] ?? 1);

/** How many times a property is tried. */
export function runs(usual: number): number {
  return Math.ceil(usual * factor);
}
