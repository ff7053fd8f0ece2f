import { reasonTexts } from '../plan/planTexts.ts';
import type { Author, RunOutcome } from './historyRecord.ts';
import { greatest } from '../text/lists.ts';
import type { MarkCommit } from './listMarks.ts';
import { nodesByEnd, type NodeInRun, type RunHistory } from './runHistory.ts';

/** When stages ran and how long each node took, made only from the histories of runs. Times in ms since 1970. */
export interface Timeline {
  /** The oldest first. */
  readonly tries: readonly StageTry[];
  /** Commits of failed_nodes.json that marked nodes, the oldest first; empty without git. */
  readonly marks: readonly MarkCommit[];
  /** Files that cannot be read: their content is missing. */
  readonly unreadable: readonly string[];
}

/** One run of a stage. */
export interface StageTry extends Span {
  /** Name of its file. */
  readonly file: string;
  readonly stage: string;
  readonly backend: string;
  readonly imageGroup: string;
  /** From 1; the same stage for the same image group again is the next one: a retry. */
  readonly number: number;
  readonly by: Author;
  /** `open`: it has not ended, or its process was killed; `to` is then the last thing reported. */
  readonly outcome: RunOutcome | 'open';
  /** In a sentence; empty while it is open. */
  readonly summary: string;
  readonly counts: TryCounts;
  /** Nodes that have times, in the order of the plan. */
  readonly nodes: readonly NodeBar[];
  /** Nodes that were left alone because somebody had marked them as booted. */
  readonly marked: readonly string[];
}

export interface TryCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** Not tried, or not ended. */
  readonly left: number;
  /** The history does not tell. */
  readonly untold: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface NodeBar extends Span {
  readonly bmcIp: string;
  readonly hostname: string;
  readonly steps: readonly StepSpan[];
  /** `open`: it was begun, and its end is not recorded. */
  readonly status: 'success' | 'failed' | 'left' | 'open';
  readonly message: string;
}

export interface StepSpan extends Span {
  /** Empty: histories from before steps were recorded. */
  readonly step: string;
}

/** @param runs in any order */
export function timelineOf(runs: Iterable<RunHistory>): Pick<Timeline, 'tries'> {
  const sorted = [...runs].sort((one, other) => Date.parse(one.begun.at) - Date.parse(other.begun.at));
  const numbers = new Map<string, number>();
  const tries = sorted.map((run) => {
    const key = JSON.stringify([run.begun.stage, run.begun.imageGroup]);
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    return tryOf(run, number);
  });
  return { tries };
}

/** With runs that are known from elsewhere than histories. */
export function withTries(timeline: Timeline, others: Timeline['tries']): Timeline {
  return { ...timeline, tries: [...timeline.tries, ...others].sort((one, other) => one.from - other.from) };
}

/** The image group of the newest deploy; undefined: none, or its end leaves open what was deployed. */
export function deployedLast(tries: readonly StageTry[]): string | undefined {
  const deploys = tries.filter(({ stage }) => stage === 'deploy').toSorted((one, other) => one.from - other.from);
  const newest = deploys.at(-1);
  return newest?.outcome === 'succeeded' ? newest.imageGroup : undefined;
}

function tryOf(run: RunHistory, number: number): StageTry {
  const { file, begun, end } = run;
  const { stage, backend, imageGroup, by } = begun;
  const from = Date.parse(begun.at);
  const last = run.nodes.reduce((latest, node) => greatest(timesOf(node), latest), from);
  // A clock that was set back makes no run end before it began.
  const to = end === undefined ? last : Math.max(last, Date.parse(end.at));
  const { succeeded, left, untold } = nodesByEnd(run);
  const failed = left.filter(({ result }) => result?.status === 'failed').length;
  return {
    file,
    stage,
    backend,
    imageGroup,
    number,
    by,
    from,
    to,
    outcome: end?.outcome ?? 'open',
    summary: end?.summary ?? '',
    counts: { succeeded: succeeded.length, failed, left: left.length - failed, untold: untold.length },
    nodes: run.nodes.flatMap((node) => barOf(node, end === undefined ? last : to) ?? []),
    marked: run.nodes.flatMap(({ hostname, why }) => (why === reasonTexts.marked ? hostname : [])),
  };
}

function timesOf({ steps, resets, result }: NodeInRun): number[] {
  const ends = result === undefined ? [] : [result.at];
  return [...steps.map(({ at }) => at), ...resets.map(({ at }) => at), ...ends].map((at) => Date.parse(at));
}

/** Undefined for a node that has no times. */
function barOf(node: NodeInRun, runEnd: number): NodeBar | undefined {
  const { bmcIp, hostname, steps, resets, result } = node;
  const [first] = [...steps, ...resets];
  if (first === undefined) return undefined;
  const begun = steps.length > 0 ? steps : [{ at: first.at, step: '' }];
  const to = greatest(
    begun.map(({ at }) => Date.parse(at)),
    result === undefined ? runEnd : Date.parse(result.at),
  );
  const spans = begun.map(({ at, step }, index): StepSpan => {
    const next = begun[index + 1];
    const start = Date.parse(at);
    return { step, from: start, to: Math.max(start, next === undefined ? to : Date.parse(next.at)) };
  });
  const from = spans[0]?.from ?? to;
  return { bmcIp, hostname, from, to, steps: spans, status: result?.status ?? 'open', message: result?.message ?? '' };
}

/** The nodes that took longest, the longest first. */
export function slowestOf({ nodes }: Pick<StageTry, 'nodes'>, most: number): readonly NodeBar[] {
  return [...nodes].sort((one, other) => other.to - other.from - (one.to - one.from)).slice(0, most);
}

/** Where the nodes of an attempt were at a time, by step; `waiting` before the first step. */
export interface Moment {
  readonly at: number;
  readonly waiting: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly succeeded: number;
  readonly failed: number;
  /** Begun and left. */
  readonly left: number;
}

/** Nodes by step over time, at this many moments from the beginning of the attempt to its end. */
export function momentsOf(run: Pick<StageTry, 'from' | 'to' | 'nodes'>, count: number): readonly Moment[] {
  const { from, to, nodes } = run;
  return Array.from({ length: count }, (_, index) => {
    const at = count === 1 ? to : from + ((to - from) * index) / (count - 1);
    const steps: Record<string, number> = {};
    const moment = { at, waiting: 0, steps, succeeded: 0, failed: 0, left: 0 };
    for (const node of nodes) countAt(moment, node, at);
    return moment;
  });
}

function countAt(
  moment: { -readonly [Key in keyof Moment]: Moment[Key] } & { steps: Record<string, number> },
  node: NodeBar,
  at: number,
): void {
  if (at < node.from) moment.waiting += 1;
  else if (at >= node.to && node.status !== 'open') {
    if (node.status === 'success') moment.succeeded += 1;
    else if (node.status === 'failed') moment.failed += 1;
    else moment.left += 1;
  } else {
    const step = node.steps.findLast((span) => span.from <= at)?.step ?? '';
    moment.steps[step] = (moment.steps[step] ?? 0) + 1;
  }
}
