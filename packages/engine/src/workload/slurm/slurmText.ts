import { phrase } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import type { SlurmAnswer, SlurmJob } from './slurmAnswer.ts';
import { expandHostlist } from './hostlist.ts';
import { useOf, type SlurmNode } from './slurmNodes.ts';
import { slurmTexts as texts } from './slurmTexts.ts';

/** Before the two lists; what a login prints on its own comes before both. */
const heads = { nodes: '--nodes--', jobs: '--jobs--' } as const;

/** What would limit or reword the lists (slurm.md section 2). */
const unset = [
  ...['ACCOUNT', 'ARRAY', 'ARRAY_UNIQUE', 'FEDERATION', 'FORMAT', 'FORMAT2', 'LICENSES', 'LOCAL', 'NAMES'],
  ...['PARTITION', 'QOS', 'SIBLING', 'STATES', 'USERS'],
].map((name) => `SQUEUE_${name}`);
const unsetToo = ['SINFO_FEDERATION', 'SINFO_FORMAT', 'SINFO_LOCAL', 'SINFO_PARTITION', 'SLURM_CLUSTERS'];

const env = ['env', ...[...unset, ...unsetToo].map((name) => `-u ${name}`), 'LC_ALL=C', 'SLURM_TIME_FORMAT=%s'].join(
  ' ',
);

/**
 * Lists all nodes, then all jobs; only reads. Nodes come first: a job that starts in between is seen among the jobs. No
 * state is selected, as each release selects flags in its own way; squeue then lists what waits or has nodes.
 */
export const slurmListCommand = [
  `echo ${heads.nodes}`,
  `${env} sinfo --noheader --all --Node --format='%N|%n|%T|%C|%E'`,
  `echo ${heads.jobs}`,
  `${env} squeue --noheader --all --format='%A|%T|%u|%e|%N'`,
].join(' && ');

/** An invalid line, so nothing may be concluded from the whole. */
export class UnreadableLine extends SaidError {
  constructor(line: string) {
    super(phrase(texts.line, { line: line.slice(0, 100) }));
    this.name = 'UnreadableLine';
  }
}

/** Reads what {@link slurmListCommand} prints. @throws UnreadableLine */
export function readSlurmText(text: string): SlurmAnswer {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const start = lines.indexOf(heads.nodes);
  const end = lines.indexOf(heads.jobs);
  if (start === -1 || end === -1) throw new UnreadableLine(lines[0] ?? '');
  // A node is listed once for each of its partitions.
  const nodes = new Map(lines.slice(start + 1, end).map((line) => [line, nodeOf(line)]));
  return { nodes: onePerName([...nodes.values()]), jobs: lines.slice(end + 1).flatMap(jobOf) };
}

function onePerName(nodes: readonly SlurmNode[]): readonly SlurmNode[] {
  const found = new Map<string, SlurmNode>();
  for (const node of nodes) {
    const before = found.get(node.name);
    // The partitions were read one after the other: what any of them shows counts.
    if (before === undefined || node.use === 'allocated') found.set(node.name, node);
  }
  return [...found.values()];
}

function nodeOf(line: string): SlurmNode {
  const [name = '', hostname = '', state = '', cpus = '', ...reason] = line.split('|');
  const [, used = ''] = /^(\d+)\/\d+\/\d+\/\d+$/.exec(cpus) ?? [];
  if (!isName(name) || !isName(hostname) || state === '' || used === '' || reason.length === 0)
    throw new UnreadableLine(line);
  return { name, hostname, state, use: useOf([state], Number(used)), reason: reason.join('|') };
}

/** Nothing for a job that has no nodes (yet). */
function jobOf(line: string): SlurmJob[] {
  const [id = '', state = '', user = '', end = '', nodes = '', ...more] = line.split('|');
  if (!/^\d+$/.test(id) || state === '' || more.length > 0) throw new UnreadableLine(line);
  if (nodes.trim() === '') return [];
  const names = expandHostlist(nodes.trim());
  if (names === undefined) throw new UnreadableLine(line);
  return [{ user: user.trim(), latestEnd: endOf(end), nodes: names }];
}

function endOf(text: string): SlurmJob['latestEnd'] {
  if (text === 'NONE') return 'no-limit';
  return /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : undefined;
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]*$/.test(text);
}
