import { phrase, together, wordsOf, type Phrase, type Said } from '../../text/phrase.ts';
import type { Target } from '../targets.ts';
import { jobTexts as texts } from './jobTexts.ts';
import type { KnownWork, NodeWork, RunningJobs } from './nodeWork.ts';
import { onlyLook, type WorkSettings } from './workSettings.ts';

/** Nobody reads more nodes than this in a question. */
const mostNamed = 20;

type Named = Pick<Target, 'bmcIp' | 'hostname'>;

/** Nodes of a restart by what is known of the work on them. */
export interface SortedWork<T extends Named> {
  readonly busy: readonly { readonly node: T; readonly jobs: RunningJobs }[];
  readonly free: readonly T[];
  /** By the reason. */
  readonly notKnown: readonly { readonly nodes: readonly T[]; readonly why: Said }[];
}

export function sortWork<T extends Named>(nodes: readonly T[], known: KnownWork): SortedWork<T> {
  const busy: { node: T; jobs: RunningJobs }[] = [];
  const free: T[] = [];
  const notKnown = new Map<string, { nodes: T[]; why: Said }>();
  for (const node of nodes) {
    const work: NodeWork = known.get(node.bmcIp) ?? {
      kind: 'not-known',
      reason: 'no-answer',
      why: phrase(texts.notTold),
    };
    if (work.kind === 'busy') busy.push({ node, jobs: work.jobs });
    else if (work.kind === 'free') free.push(node);
    else {
      const why = wordsOf(work.why);
      const same = notKnown.get(why) ?? { nodes: [], why: work.why };
      same.nodes.push(node);
      notKnown.set(why, same);
    }
  }
  return { busy, free, notKnown: [...notKnown.values()] };
}

interface Restarted {
  /** Those that are restarted. */
  readonly nodes: readonly Named[];
  /** Those that are left out because of the work on them. */
  readonly leftOut: readonly Named[];
}

/** What a question about a restart from here says about jobs. @param known undefined: nobody is asked */
export function jobNotes(
  { nodes, leftOut }: Restarted,
  known: KnownWork | undefined,
  { drain, waitMs, resume }: WorkSettings = onlyLook,
): readonly Phrase[] {
  if (nodes.length + leftOut.length === 0) return [];
  if (known === undefined) return [phrase(texts.notAsked)];
  const { busy, free, notKnown } = sortWork(nodes, known);
  return [
    ...noteOf(texts.leftOut, sortWork(leftOut, known).busy),
    ...(waitMs === undefined ? noteOf(texts.killed, busy) : waitNotes(waitMs, busy)),
    ...(drain && nodes.length > 0 ? [phrase(resume ? texts.drainsAndResumes : texts.drains)] : []),
    ...notKnownNotes(notKnown),
    ...(free.length > 0 && busy.length + notKnown.length === 0 ? [phrase(texts.none)] : []),
    ...(free.length + notKnown.length > 0 ? [phrase(texts.again)] : []),
  ];
}

/** The same about a restart by Omnia itself, which leaves nobody out. */
export function omniaJobNotes(nodes: readonly Named[], known: KnownWork | undefined): readonly Phrase[] {
  if (nodes.length === 0) return [];
  if (known === undefined) return [phrase(texts.notAsked)];
  const { busy, free, notKnown } = sortWork(nodes, known);
  return [
    ...noteOf(texts.omnia, busy),
    ...notKnownNotes(notKnown),
    ...(free.length > 0 && busy.length + notKnown.length === 0 ? [phrase(texts.none)] : []),
  ];
}

/** `2 jobs of alice, bob, until 2026-01-02 03:04 UTC at the latest`. */
export function jobsText({ unit, count, users, latestEnd }: RunningJobs): Phrase {
  const { one, many } = unit === 'pods' ? { one: texts.onePod, many: texts.manyPods } : texts;
  const some = count === undefined ? phrase(texts.some) : count === 1 ? phrase(one) : phrase(many, { count });
  const jobs = users.length === 0 ? some : phrase(texts.of, { jobs: some, users: users.join(', ') });
  if (latestEnd === undefined) return jobs;
  return latestEnd === 'no-limit'
    ? phrase(texts.noLimit, { jobs })
    : phrase(texts.until, { jobs, end: minuteOf(latestEnd) });
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function noteOf(
  text: (typeof texts)['leftOut' | 'killed' | 'omnia'],
  busy: SortedWork<Named>['busy'],
): readonly Phrase[] {
  return busy.length === 0 ? [] : [phrase(text, { count: busy.length, nodes: named(busy) })];
}

function waitNotes(waitMs: number, busy: SortedWork<Named>['busy']): readonly Phrase[] {
  const minutes = Math.round(waitMs / 60_000);
  return busy.length === 0 ? [] : [phrase(texts.waitedFor, { count: busy.length, nodes: named(busy), minutes })];
}

function named(busy: SortedWork<Named>['busy']): Said {
  return listed(busy.map(({ node, jobs }) => phrase(texts.node, { node: node.hostname, jobs: jobsText(jobs) })));
}

function notKnownNotes(notKnown: SortedWork<Named>['notKnown']): readonly Phrase[] {
  return notKnown.map(({ nodes, why }) => {
    const names = listed(nodes.map(({ hostname }) => hostname));
    return phrase(texts.notKnown, { count: nodes.length, nodes: names, why });
  });
}

function listed(all: readonly Said[]): Said {
  const shown = together(all.slice(0, mostNamed), ', ');
  return all.length <= mostNamed ? shown : phrase(texts.others, { nodes: shown, count: all.length - mostNamed });
}
