import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { percentile } from './statistics.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * What Node runs: `buildstream` with its arguments, csv-parse just reading a file, or nothing.
 * @typedef {readonly string[]} Program
 */

/** @param {readonly string[]} args @returns {Program} */
export const commandLine = (args) => [path.join(root, 'dist/cli.js'), ...args];
/** @param {string} file @returns {Program} */
export const bareReading = (file) => [path.join(root, 'bench/readCsv.mjs'), file];
/** @type {Program} */
export const nothing = ['-e', '0'];

/**
 * Measures whole processes, including the start of Node, in turns, so that a busy machine affects all of them alike.
 * Times are processor times and ratios are relative to the first program; both are medians.
 * @param {readonly Program[]} programs
 * @param {number} times
 */
export function measureProcesses(programs, times) {
  programs.forEach(run);
  const turns = Array.from({ length: times }, () => programs.map(run));
  return programs.map((_, index) => ({
    cpuMs: percentile(
      turns.map((turn) => turn[index]?.cpuMs ?? 0),
      0.5,
    ),
    ratio: percentile(
      turns.map((turn) => (turn[index]?.cpuMs ?? 0) / (turn[0]?.cpuMs ?? 1)),
      0.5,
    ),
    peakMb: Math.max(...turns.map((turn) => turn[index]?.peakKb ?? 0)) / 1024,
  }));
}

/**
 * @param {Program} program
 * @returns {{ peakKb: number, cpuMs: number }}
 */
function run(program) {
  const argv = ['--require', path.join(root, 'bench/peakMemory.cjs'), ...program];
  const { status, output } = spawnSync(process.execPath, argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}`);
  return JSON.parse(String(output[3]));
}
