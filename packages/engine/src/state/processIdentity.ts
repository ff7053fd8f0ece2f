import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';

/**
 * Who holds a lock. A process number alone is not enough: numbers are used again, and mean something else in another
 * container or on another machine. With start time, boot and PID namespace it identifies one process forever.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Ticks since boot at which the process started; empty where the system does not say (other than Linux). */
  readonly startTime: string;
  /** Empty where the system does not say. */
  readonly bootId: string;
  /** Within which the number means this process: `pid:[4026531836]` on Linux; other systems have one, by their name. */
  readonly namespace: string;
  readonly host: string;
}

/**
 * `dead` is proven: the same boot and PID namespace as ours, and no such process, or one that started at another time.
 * `unknown`: from here it is unknown.
 */
export type Fate = 'alive' | 'dead' | 'unknown';

/** Says who we are and what happened to another process. */
export interface ProcessTable {
  readonly self: ProcessIdentity;
  fateOf(process: ProcessIdentity): Fate;
}

/** A process as it was written; undefined for what does not name one. */
export function identityIn(value: unknown): ProcessIdentity | undefined {
  if (!isJsonObject(value) || !Number.isSafeInteger(value['pid'])) return undefined;
  const part = (name: string): string => textField(value, name) ?? '';
  return {
    pid: Number(value['pid']),
    startTime: part('startTime'),
    bootId: part('bootId'),
    namespace: part('namespace'),
    host: part('host'),
  };
}

/** What the system says about its processes. */
export interface ProcessFacts {
  readonly exists: (pid: number) => boolean;
  readonly startTimeOf: (pid: number) => string;
}

/** The system is asked who we are on demand. */
export function systemProcesses(): ProcessTable {
  let self: ProcessIdentity | undefined;
  return {
    get self() {
      return (self ??= thisProcess());
    },
    fateOf(other) {
      return fateOf(other, this.self, { exists, startTimeOf });
    },
  };
}

function thisProcess(): ProcessIdentity {
  const { pid, platform } = process;
  const isLinux = platform === 'linux';
  return {
    pid,
    startTime: startTimeOf(pid),
    bootId: isLinux ? readText('/proc/sys/kernel/random/boot_id').trim() : platform,
    namespace: isLinux ? pidNamespace() : platform,
    host: hostname(),
  };
}

export function fateOf(other: ProcessIdentity, self: ProcessIdentity, facts: ProcessFacts): Fate {
  const isComparable = self.bootId !== '' && self.namespace !== '';
  const isHere = isComparable && other.bootId === self.bootId && other.namespace === self.namespace;
  // Without a boot of its own (other than Linux) only the name of the machine is left.
  if (!isHere || (self.startTime === '' && other.host !== self.host)) return 'unknown';
  if (!facts.exists(other.pid)) return 'dead';
  const startTime = facts.startTimeOf(other.pid);
  if (startTime === '' || other.startTime === '') return 'alive';
  return startTime === other.startTime ? 'alive' : 'dead';
}

/**
 * Whether it can still do anything: an ended process stays in the table until its parent looks, in some containers
 * forever.
 */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Only ESRCH says that it is gone; EPERM: it is alive, and belongs to somebody else.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const { state, threads } = statOf(pid);
  // With more threads than its first one it is not over yet.
  return state !== 'Z' || threads > 1;
}

function startTimeOf(pid: number): string {
  return statOf(pid).startTime;
}

/** Fields 3, 20 and 22 of /proc/PID/stat; the name in field 2 may contain blanks and brackets. */
function statOf(pid: number): { readonly state: string; readonly threads: number; readonly startTime: string } {
  const text = readText(`/proc/${String(pid)}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', threads: Number(fields[17] ?? 0), startTime: fields[19] ?? '' };
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
