import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who holds a lock. A process number alone is not enough, because numbers are used again; together with the start time
 * and the boot of the machine it names one process for ever.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Ticks since boot at which the process started; empty where the system does not tell (other than Linux). */
  readonly startTime: string;
  readonly bootId: string;
  readonly host: string;
}

/** Tells who we are and whether another process still lives. */
export interface ProcessTable {
  readonly self: ProcessIdentity;
  isAlive(process: ProcessIdentity): boolean;
}

export function systemProcesses(): ProcessTable {
  const self = { pid: process.pid, startTime: startTimeOf(process.pid), bootId: bootId(), host: hostname() };
  return {
    self,
    isAlive(other) {
      if (other.bootId !== self.bootId) return false;
      if (!exists(other.pid)) return false;
      return startTimeOf(other.pid) === other.startTime;
    },
  };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat; the name in field 2 may contain blanks and brackets. */
function startTimeOf(pid: number): string {
  const text = readText(`/proc/${String(pid)}/stat`);
  return (
    text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .at(19) ?? ''
  );
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id').trim();
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
