/** How much processor time this process and everything it started have taken. */
import { readFileSync } from 'node:fs';

/** Of a process that went before this one: see bootstrap.mjs, which goes on under another Node. */
const before = Number(process.env['PROCESSOR_SECONDS_BEFORE'] ?? 0);
/** The unit of /proc, on every Linux. */
const ticksPerSecond = 100;

/**
 * User and system time in seconds, of this process and of all its descendants that have ended and that their parents
 * waited for, as `time` counts them: fields 14 to 17 of /proc/self/stat (proc(5)). Elsewhere than on Linux undefined.
 * @returns {number | undefined}
 */
export function processorSeconds() {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The name of the program, in brackets, may hold anything; what follows it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return before + ticks / ticksPerSecond;
}
