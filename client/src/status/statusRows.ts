import * as vscode from 'vscode';
import { timeOfDay } from '../platform/ageText.ts';
import type { NextStep, PipelineSummary } from '../pipelines/pipelineSummary.ts';

/** Numbers of nodes, according to the files of the project. */
export interface NodeCounts {
  readonly total: number;
  readonly booted: number;
  readonly failed: number;
  /** Marked as booted by hand. */
  readonly marked: number;
  /** No failure is reported for them, which is less than a report that they booted. */
  readonly unreported: number;
  readonly fresh: number;
  readonly unknown: number;
}

export interface StatusFacts {
  readonly nowMs: number;
  /** Name of the open folder. Undefined if none is open. */
  readonly folder: string | undefined;
  readonly isSignedIn: boolean;
  readonly gitlab: PipelineSummary | undefined;
  readonly nodes: NodeCounts | undefined;
  /** Progress of a stage that runs from here. Empty if none is running. */
  readonly progress: string;
  /** What was reported about a failed pipeline that the user has not dealt with yet. */
  readonly ended: string | undefined;
}

/** One row of the Status view, in the user's language. */
export interface StatusRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Texts for tooltip and screen reader if label and description contain signs. */
  readonly words?: readonly string[];
  /** Each row has its own shape. */
  readonly icon: string;
  readonly click?: Pick<NextStep, 'command' | 'args'>;
}

/** Four to six rows that show the current state, how old it is, and what is next. Pure. */
export function statusRows(facts: StatusFacts): StatusRow[] {
  return [
    projectRow(facts),
    ...imageRow(facts),
    ...nodesRow(facts),
    ...stagesRow(facts),
    ...endedRow(facts),
    nextRow(facts),
  ];
}

function projectRow({ gitlab, folder, nowMs, isSignedIn }: StatusFacts): StatusRow {
  const click = { command: 'buildstream.connections.focus', args: [] };
  if (gitlab === undefined) {
    const description = isSignedIn ? vscode.l10n.t('no GitLab project') : vscode.l10n.t('not signed in to GitLab');
    return { id: 'project', label: folder ?? vscode.l10n.t('No folder'), description, icon: 'repo', click };
  }
  const { project, host, answeredMs, isSilent } = gitlab;
  if (isSilent) {
    const silent =
      answeredMs === undefined
        ? vscode.l10n.t('no answer')
        : vscode.l10n.t('no response for {0}, as of {1}', spanText(nowMs - answeredMs), timeOfDay(answeredMs));
    return { id: 'project', label: project, description: `${silent} · ${host}`, icon: 'debug-disconnect', click };
  }
  const asOf = answeredMs === undefined ? '' : vscode.l10n.t('as of {0}', timeOfDay(answeredMs));
  const description = [asOf, host].filter((part) => part !== '').join(' · ');
  return { id: 'project', label: project, description, icon: 'repo', click };
}

function imageRow({ gitlab }: StatusFacts): StatusRow[] {
  if (gitlab?.run?.image === undefined) return [];
  const { image, pipelineId, state } = gitlab.run;
  const description = `#${String(pipelineId)} · ${state}`;
  return [
    {
      id: 'image',
      label: image,
      description,
      icon: 'package',
      click: { command: 'buildstream.pipelines.focus', args: [] },
    },
  ];
}

/**
 * What the local files say about nodes. If the list on the server counts other failures, it is newer, and the state of
 * all nodes but its failed ones is unknown.
 */
function nodesRow({ gitlab, nodes, progress }: StatusFacts): StatusRow[] {
  if (nodes === undefined || nodes.total === 0) return [];
  const onServer = gitlab?.run?.failed?.failed;
  const isNewer = onServer !== undefined && onServer !== nodes.failed;
  const failed = onServer ?? nodes.failed;
  const label = isNewer ? vscode.l10n.t('{0} failed', failed) : countsText(nodes);
  const total = vscode.l10n.t('of {0} nodes', nodes.total);
  const of = isNewer ? vscode.l10n.t('{0}, as the server has it', total) : total;
  const click = { command: 'buildstream.nodes.focus', args: [] };
  const icon = failed > 0 ? 'error' : 'server-environment';
  return [{ id: 'nodes', label, description: progress === '' ? of : `${progress} · ${of}`, icon, click }];
}

function countsText({ booted, failed, marked, unreported, fresh, unknown }: NodeCounts): string {
  const parts: readonly (readonly [count: number, text: string])[] = [
    [failed, vscode.l10n.t('{0} failed', failed)],
    [booted, vscode.l10n.t('{0} booted', booted)],
    [marked, vscode.l10n.t('{0} marked', marked)],
    [unreported, vscode.l10n.t('{0} without a reported failure', unreported)],
    [fresh, vscode.l10n.t('{0} not booted yet', fresh)],
    [unknown, vscode.l10n.t('{0} unknown', unknown)],
  ];
  return parts.flatMap(([count, text]) => (count === 0 ? [] : [text])).join(' · ');
}

function stagesRow({ gitlab }: StatusFacts): StatusRow[] {
  const stages = gitlab?.run?.stages ?? [];
  if (stages.length === 0) return [];
  const signs = stages.map(({ title, sign }) => `${sign}\u2009${title}`);
  const [label, description] = [signs.slice(0, 2).join(' '), signs.slice(2).join(' ')];
  const words = stages.map(({ title, state }) => `${title}: ${state}`);
  const click = { command: 'buildstream.pipelines.focus', args: [] };
  return [{ id: 'stages', label, description, words, icon: 'list-ordered', click }];
}

function endedRow({ ended }: StatusFacts): StatusRow[] {
  if (ended === undefined) return [];
  const click = { command: 'buildstream.dealWithEnd', args: [] };
  return [{ id: 'ended', label: ended, description: '', icon: 'bell-dot', click }];
}

function nextRow({ gitlab, nodes, isSignedIn }: StatusFacts): StatusRow {
  const { text, command, args } = gitlab?.run?.next ?? withoutRun(nodes, isSignedIn);
  return {
    id: 'next',
    label: vscode.l10n.t('Next: {0}', text),
    description: '',
    icon: 'arrow-right',
    click: { command, args },
  };
}

function withoutRun(nodes: NodeCounts | undefined, isSignedIn: boolean): NextStep {
  if (nodes === undefined || nodes.total === 0) {
    return { text: vscode.l10n.t('write a mapping file'), command: 'buildstream.newMappingFile', args: [] };
  }
  if (isSignedIn) return { text: vscode.l10n.t('deploy through GitLab'), command: 'buildstream.deploy', args: [] };
  return { text: vscode.l10n.t('sign in to GitLab'), command: 'buildstream.signIn', args: [] };
}

/** In seconds at first, because a user who waits for a response wants to know. */
function spanText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? vscode.l10n.t('{0} s', seconds) : ageSpan(seconds);
}

function ageSpan(seconds: number): string {
  return vscode.l10n.t('{0} min', Math.floor(seconds / 60));
}
