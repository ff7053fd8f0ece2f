import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { expandHostlist } from './hostlist.ts';
import type { SlurmAnswer, SlurmJob } from './slurmAnswer.ts';
import { useOf, type SlurmNode } from './slurmNodes.ts';

/** Ends of a job; one that is still completing keeps its nodes (slurm.md section 4). */
const over = new Set([
  ...['BOOT_FAIL', 'CANCELLED', 'COMPLETED', 'DEADLINE', 'FAILED', 'NODE_FAIL', 'OUT_OF_MEMORY', 'PREEMPTED'],
  ...['REVOKED', 'TIMEOUT'],
]);
const infinite = 0xff_ff_ff_ff;

/** What slurmrestd lists, by `nodes` and `jobs`; undefined for an invalid list, from which nothing may be concluded. */
export function readSlurmJson(nodes: unknown, jobs: unknown): SlurmAnswer | undefined {
  const allNodes = eachOf(nodes, 'nodes', nodeOf);
  const allJobs = eachOf(jobs, 'jobs', jobOf);
  return allNodes === undefined || allJobs === undefined ? undefined : { nodes: allNodes, jobs: allJobs.flat() };
}

/** The first error that a response names; undefined: none. */
export function errorIn(body: unknown): string | undefined {
  const [first] = isJsonObject(body) && Array.isArray(body['errors']) ? (body['errors'] as unknown[]) : [];
  if (first === undefined) return undefined;
  if (!isJsonObject(first)) return typeof first === 'string' ? first : '';
  const words = [textField(first, 'description'), textField(first, 'error')].filter((text) => (text ?? '') !== '');
  return words.join(': ');
}

function eachOf<T>(body: unknown, name: string, read: (one: JsonObject) => T | undefined): T[] | undefined {
  const list = isJsonObject(body) ? body[name] : undefined;
  if (!Array.isArray(list)) return undefined;
  const found: T[] = [];
  for (const one of list as unknown[]) {
    const value = isJsonObject(one) ? read(one) : undefined;
    if (value === undefined) return undefined;
    found.push(value);
  }
  return found;
}

function nodeOf(one: JsonObject): SlurmNode | undefined {
  const name = textField(one, 'name') ?? '';
  const hostname = textField(one, 'hostname') ?? '';
  const words = [...wordsAt(one, 'state'), ...wordsAt(one, 'state_flags')];
  const used = one['alloc_cpus'];
  if (name === '' || words.length === 0 || typeof used !== 'number') return undefined;
  const state = words.join('+');
  const reason = textField(one, 'reason') ?? '';
  return { name, hostname: hostname === '' ? name : hostname, state, use: useOf(words, used), reason };
}

/** Nothing for a job that has no nodes (yet), or is over. */
function jobOf(one: JsonObject): SlurmJob[] | undefined {
  const words = wordsAt(one, 'job_state');
  const nodes = textField(one, 'nodes') ?? '';
  if (words.length === 0 || typeof one['job_id'] !== 'number') return undefined;
  if (nodes === '' || (words.some((word) => over.has(word)) && !words.includes('COMPLETING'))) return [];
  const names = expandHostlist(nodes);
  if (names === undefined) return undefined;
  return [{ user: textField(one, 'user_name') ?? '', latestEnd: endOf(one), nodes: names }];
}

function endOf(one: JsonObject): SlurmJob['latestEnd'] {
  if (numberAt(one, 'time_limit') === 'infinite') return 'no-limit';
  const end = numberAt(one, 'end_time');
  return typeof end === 'number' && end > 0 ? end * 1_000 : undefined;
}

/** A number, or `{"set", "infinite", "number"}` (slurm.md section 4). */
function numberAt(one: JsonObject, name: string): number | 'infinite' | undefined {
  const value = one[name];
  if (typeof value === 'number') return value === infinite || value === infinite - 1 ? 'infinite' : value;
  if (!isJsonObject(value)) return undefined;
  if (value['infinite'] === true) return 'infinite';
  const number = value['number'];
  return value['set'] === true && typeof number === 'number' ? number : undefined;
}

/** A word, or several. */
function wordsAt(one: JsonObject, name: string): string[] {
  const value = one[name];
  if (typeof value === 'string') return value === '' ? [] : [value.toUpperCase()];
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string').map((word) => word.toUpperCase()) : [];
}
