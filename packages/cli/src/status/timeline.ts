import path from 'node:path';
import type { MarkCommit } from '@omnia-buildstream/core/history/listMarks';
import { slowestOf, type NodeBar, type StageTry, type Timeline } from '@omnia-buildstream/core/history/timeline';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { mostVersions, readTimeline } from '@omnia-buildstream/runner/history/readTimeline';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { versionsOf } from '../git.ts';
import type { Io } from '../io.ts';
import { failedPlace } from '../plan/options.ts';
import { durationText } from '../run/restart/progress.ts';
import { formatTable } from '../table.ts';

/** Older runs are listed by `buildstream history`. */
const mostRuns = 20;
const slowestNodes = 10;
/** Characters of the longest bar. */
const barWidth = 24;

/** The last runs of the project here. @throws UserError */
export async function lastRuns(io: Io): Promise<Timeline> {
  const place = historyOf(path.resolve(io.cwd));
  const versions = await versionsOf(path.resolve(io.cwd, failedPlace), mostVersions, io);
  try {
    return await readTimeline(place, io, mostRuns, versions);
  } catch (error) {
    throw cannotRun('file', `${place.folder} cannot be read: ${causeOf(error)}.`);
  }
}

/** For people: stages and attempts as bars, and what took the time of the last attempt that reports on nodes. */
export function timelineText({ tries, marks, unreadable }: Timeline): string {
  const marked = marks.map(markLine);
  const after = [...(marked.length === 0 ? [] : [marked.join('\n')]), ...missingLines(unreadable)];
  if (tries.length === 0) return `${['Nothing has been run from here.', ...after].join('\n\n')}\n`;
  const longest = tries.reduce((most, one) => Math.max(most, one.to - one.from), 0);
  const rows = tries.map((one) => [
    new Date(one.from).toISOString(),
    one.stage,
    one.imageGroup,
    String(one.number),
    durationText(one.to - one.from),
    bar(one, longest),
    countsOf(one),
    authorOf(one),
  ]);
  const last = tries.findLast(({ nodes }) => nodes.length > 0);
  const head = ['BEGAN', 'STAGE', 'IMAGE GROUP', 'TRY', 'TOOK', '', 'RESULT', 'BY'];
  const ofLast = last === undefined ? [] : [...slowestText(last), ...markedText(last)];
  return `${[formatTable(head, rows), ...ofLast, ...after].join('\n\n')}\n`;
}

/** `=` succeeded, `x` failed, `?` unknown, `>` not ended. */
function bar({ from, to, outcome }: StageTry, longest: number): string {
  const signs = { succeeded: '=', failed: 'x', unknown: '?', open: '>' };
  return signs[outcome].repeat(Math.max(1, longest === 0 ? 1 : Math.round(((to - from) / longest) * barWidth)));
}

function countsOf({ outcome, counts }: StageTry): string {
  const parts = [
    [counts.succeeded, 'succeeded'],
    [counts.failed, 'failed'],
    [counts.left, 'left'],
    [counts.untold, 'not told'],
  ] as const;
  const told = parts.flatMap(([count, word]) => (count === 0 ? [] : `${String(count)} ${word}`));
  const ended = outcome === 'open' ? ['not ended, or its process was killed'] : [];
  return [...told, ...ended].join(', ') || outcome;
}

function authorOf({ number, by }: StageTry): string {
  const who = by.host === '' ? by.user : `${by.user}@${by.host}`;
  return number === 1 ? who : `${who} (retried)`;
}

function slowestText(run: StageTry): string[] {
  const slowest = slowestOf(run, slowestNodes);
  const rows = slowest.map((node) => [
    node.hostname,
    node.bmcIp,
    durationText(node.to - node.from),
    node.status === 'open' ? 'no end reported' : node.status,
    stepsText(node),
  ]);
  const title = `The slowest of ${String(run.nodes.length)} nodes of ${run.stage}, try ${String(run.number)}:`;
  return [`${title}\n${formatTable(['NODE', 'BMC_IP', 'TOOK', 'RESULT', 'STEPS'], rows)}`];
}

function stepsText({ steps }: NodeBar): string {
  return steps
    .map(({ step, from, to }) => `${step === '' ? 'since the reset' : step} ${durationText(to - from)}`)
    .join(', ');
}

function markedText({ marked }: StageTry): string[] {
  return marked.length === 0 ? [] : [plainLine(`Marked as booted by hand, and left alone: ${marked.join(', ')}`)];
}

/** The author of the list's last commit marked them, as far as git knows. */
function markLine({ at, by, marked, unmarked }: MarkCommit): string {
  const parts = [
    ...(marked.length === 0 ? [] : [`marked as booted: ${marked.join(', ')}`]),
    ...(unmarked.length === 0 ? [] : [`marked as failed again: ${unmarked.join(', ')}`]),
  ];
  return plainLine(`${timeOf(at)} ${by} committed failed_nodes.json, ${parts.join('; ')}`);
}

function missingLines(unreadable: readonly string[]): string[] {
  return unreadable.length === 0 ? [] : [plainLine(`Cannot be read: ${unreadable.join(', ')}`)];
}

/** For programs. */
export function timelineJson(timeline: Timeline): string {
  const tries = timeline.tries.map(({ from, to, nodes, ...rest }) => ({
    ...rest,
    from: timeOf(from),
    to: timeOf(to),
    nodes: nodes.map(({ from: begun, to: ended, steps, ...node }) => ({
      ...node,
      from: timeOf(begun),
      to: timeOf(ended),
      steps: steps.map(({ step, from: since, to: until }) => ({ step, from: timeOf(since), to: timeOf(until) })),
    })),
  }));
  return `${JSON.stringify({ tries, marks: timeline.marks.map((one) => ({ ...one, at: timeOf(one.at) })), unreadable: timeline.unreadable }, undefined, 2)}\n`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
