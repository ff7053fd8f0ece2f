/** Processor time of this process and everything that it started. */
import { readFileSync } from 'node:fs';

/** Seconds of the process before this one: bootstrap.mjs may continue under another Node. */
const before = Number(process.env['PROCESSOR_SECONDS_BEFORE'] ?? 0);
/** The unit of /proc on every Linux. */
const ticksPerSecond = 100;

/**
 * User and system time in seconds, of this process and of all its descendants that have ended and that their parents
 * waited for, as `time` counts them: fields 14 to 17 of /proc/self/stat (proc(5)). Undefined on systems other than
 * Linux.
 * @returns {number | undefined}
 */
export function processorSeconds() {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The program's name, in parentheses, may contain anything. The text after it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return before + ticks / ticksPerSecond;
}
