import type { MarkCommit } from '@omnia-buildstream/core/history/listMarks';
import {
  momentsOf,
  slowestOf,
  type NodeBar,
  type StageTry,
  type Timeline,
} from '@omnia-buildstream/core/history/timeline';
import { oneLine, plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import type { Layer, NodeRow, TimelineMessage, TryDetails, TryRow } from '../../pages/runTimeline/messages.ts';
import { restartStepWord } from '../direct/restartStepWords.ts';

/** Number of points in time in the chart. */
const moments = 60;
const slowestNodes = 10;

/** The runs as rows, newest first. */
export function triesOf({ tries, marks, unreadable }: Timeline): Extract<TimelineMessage, { readonly type: 'tries' }> {
  const missing =
    unreadable.length === 0 ? [] : [vscode.l10n.t("Can't be read: {0}.", unreadable.map(plainLine).join(', '))];
  return { type: 'tries', tries: rowsOf(tries), notes: [...marks.flatMap(markTexts), ...missing] };
}

/** Names the author of the commit, because git does not know who marked the nodes. */
function markTexts({ at, by, marked, unmarked }: MarkCommit): string[] {
  const [time, who] = [timeText(at), plainLine(by)];
  const names = (nodes: readonly string[]): string => nodes.map(plainLine).join(', ');
  return [
    ...(marked.length === 0 ? [] : [vscode.l10n.t('{0}: {1} marked as booted: {2}.', time, who, names(marked))]),
    ...(unmarked.length === 0
      ? []
      : [vscode.l10n.t('{0}: {1} marked as failed again: {2}.', time, who, names(unmarked))]),
  ];
}

function rowsOf(tries: readonly StageTry[]): readonly TryRow[] {
  const longest = tries.reduce((most, one) => Math.max(most, one.to - one.from), 1);
  return tries.toReversed().map((one) => ({
    file: one.file,
    began: timeText(one.from),
    stage: one.stage,
    image: plainLine(one.imageGroup),
    number: String(one.number),
    took: durationText(one.to - one.from),
    result: resultText(one),
    by: authorText(one),
    kind: one.outcome,
    share: (one.to - one.from) / longest,
  }));
}

/** Details of one run: how many nodes were at each step over time, and which nodes took longest. */
export function detailsOf(one: StageTry): TryDetails {
  const { file, stage, number, nodes, marked, by } = one;
  const told = nodes.length === 0 ? [] : momentsOf(one, moments);
  const names = [...new Set(nodes.flatMap(({ steps }) => steps.map(({ step }) => step)))];
  const tasks = names.filter(isTask);
  const steps = [...stepOrder.filter((step) => names.includes(step)), ...tasks];
  const layers: Layer[] = [
    layer(
      vscode.l10n.t('failed'),
      failedColour,
      told.map(({ failed }) => failed),
    ),
    layer(
      vscode.l10n.t('not tried'),
      leftColour,
      told.map(({ left }) => left),
    ),
    layer(
      vscode.l10n.t('booted'),
      bootedColour,
      told.map(({ succeeded }) => succeeded),
    ),
    ...steps.map((step) =>
      layer(
        stepWord(step),
        colourOf(step, tasks),
        told.map((at) => at.steps[step] ?? 0),
      ),
    ),
    layer(
      vscode.l10n.t('queued'),
      waitingColour,
      told.map(({ waiting }) => waiting),
    ),
  ];
  return {
    file,
    title: vscode.l10n.t('{0}, try {1}, {2}', stage, number, timeText(one.from)),
    notes: [
      ...(number > 1 ? [vscode.l10n.t('Retried by {0}.', personOf(by))] : []),
      ...(marked.length === 0
        ? []
        : [vscode.l10n.t('Marked as booted by hand and left alone: {0}.', marked.map(plainLine).join(', '))]),
      ...(nodes.length === 0 ? [vscode.l10n.t('This run has no data about single nodes over time.')] : []),
    ],
    moments: told.map(({ at }) => timeText(at)),
    layers: layers.filter(({ counts }) => counts.some((count) => count > 0)),
    slowest: slowestRows(one, tasks),
  };
}

/** Steps in the order in which they run. Older histories have no steps, only the empty one. */
const stepOrder = ['', 'reach', 'login', 'ready', 'read', 'override', 'verify', 'reset', 'power', 'report'];
/** Indexes of the page's colors. Those below 10 are for steps, the same in every run. */
const [bootedColour, failedColour, leftColour, waitingColour] = [10, 11, 12, 13];

/** Whether a step is the task of a playbook, named as in its log. */
function isTask(step: string): boolean {
  return !stepOrder.includes(step);
}

/** @param tasks tasks of the same run, which share the colors of the steps */
function colourOf(step: string, tasks: readonly string[]): number {
  return isTask(step) ? (tasks.indexOf(step) + 1) % stepOrder.length : stepOrder.indexOf(step);
}

function layer(name: string, colour: number, counts: readonly number[]): Layer {
  return { name, colour, counts };
}

function slowestRows(one: StageTry, tasks: readonly string[]): readonly NodeRow[] {
  const slowest = slowestOf(one, slowestNodes);
  const longest = slowest.reduce((most, { from, to }) => Math.max(most, to - from), 1);
  return slowest.map((node) => {
    const parts = node.steps.map(({ step, from, to }) => ({
      title: `${stepWord(step)}: ${durationText(to - from)}`,
      share: (to - from) / longest,
      colour: colourOf(step, tasks),
    }));
    return {
      name: plainLine(node.hostname === '' ? node.bmcIp : node.hostname),
      took: durationText(node.to - node.from),
      result: statusText(node),
      steps: parts.map(({ title }) => title).join(', '),
      parts,
    };
  });
}

function stepWord(step: string): string {
  return isTask(step) ? oneLine(step) : restartStepWord(step);
}

function statusText({ status, message }: NodeBar): string {
  const words = {
    success: vscode.l10n.t('booted'),
    failed: vscode.l10n.t('failed'),
    left: vscode.l10n.t('not tried'),
    open: vscode.l10n.t('no end reported'),
  };
  return status === 'failed' && message !== '' ? `${words.failed}: ${plainLine(message)}` : words[status];
}

/** GitLab reports what is running. A process elsewhere may still be running or may have been killed. */
function openText({ backend }: StageTry): string {
  return backend === 'gitlab' ? vscode.l10n.t('running') : vscode.l10n.t('not ended, or its process was killed');
}

function resultText(one: StageTry): string {
  const { outcome, counts } = one;
  const parts = [
    ...(counts.succeeded === 0 ? [] : [vscode.l10n.t('{0} succeeded', counts.succeeded)]),
    ...(counts.failed === 0 ? [] : [vscode.l10n.t('{0} failed', counts.failed)]),
    ...(counts.left === 0 ? [] : [vscode.l10n.t('{0} left', counts.left)]),
    ...(counts.untold === 0 ? [] : [vscode.l10n.t('{0} not reported', counts.untold)]),
    ...(outcome === 'open' ? [openText(one)] : []),
  ];
  const words = {
    succeeded: vscode.l10n.t('succeeded'),
    failed: vscode.l10n.t('failed'),
    unknown: vscode.l10n.t('unknown'),
    open: '',
  };
  return parts.length > 0 ? parts.join(', ') : words[outcome];
}

function authorText({ by }: StageTry): string {
  return by.program === '' ? personOf(by) : `${personOf(by)} (${plainLine(by.program)})`;
}

function personOf({ user, host }: StageTry['by']): string {
  return plainLine(host === '' ? user : `${user}@${host}`);
}

function timeText(ms: number): string {
  return new Date(ms).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'medium' });
}

function durationText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return vscode.l10n.t('{0} s', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return vscode.l10n.t('{0} min {1} s', minutes, seconds % 60);
  return vscode.l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
