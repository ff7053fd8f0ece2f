import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { measure, percentile } from './statistics.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * The command line as a whole process, start of Node included.
 * @param {readonly string[]} args
 * @param {number} times
 */
export function measureCommandLine(args, times) {
  let peakKb = 0;
  const argv = ['--require', path.join(root, 'bench/peakMemory.cjs'), path.join(root, 'dist/cli.js'), ...args];
  const wallMs = measure(times, () => {
    const { status, output } = spawnSync(process.execPath, argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`buildstream ${args.join(' ')} ended with ${status}`);
    peakKb = Math.max(peakKb, Number(String(output[3])));
  });
  return { medianMs: percentile(wallMs, 0.5), peakMb: peakKb / 1024 };
}
