/** How much more than usual is asked for: `npm run check:slow` sets RUNS. */
const factor = Number(process.env['RUNS'] ?? 1);

/** How often a property is tried. Each run of the tests has seeds of its own, so that many runs try many more. */
export function runs(usual: number): number {
  return Math.ceil(usual * factor);
}
