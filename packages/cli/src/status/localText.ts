import { isBeforeRestart, lastRestart } from '@omnia-buildstream/core/testReport/beforeRestart';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { drainedNotes } from '@omnia-buildstream/runner/workload/workNotes';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { formatTable } from '../table.ts';
import type { LastReport } from './lastReport.ts';
import type { LocalRun, LocalStatus } from './local.ts';

/** For people. */
export function localText({ runs, mapping, nodes, drained, validate, verify }: LocalStatus): string {
  const { booted, marked, failed, left } = nodes;
  const counts = [
    `${String(booted.length)} booted`,
    ...(marked.length === 0 ? [] : [`${String(marked.length)} marked as booted by hand`]),
    `${String(failed.length)} failed`,
    `${String(left.length)} left`,
  ];
  const restarted = lastRestart(runs.map(({ restartState }) => restartState));
  const rows = [
    ...failed.map(({ hostname, bmcIp, message }) => [hostname, bmcIp, 'failed', message]),
    ...left.map(({ hostname, bmcIp }) => [hostname, bmcIp, 'left', '']),
  ];
  const blocks = [
    runs.length === 0 ? 'No restart has left its state here.' : runs.map(runText).join('\n'),
    `Nodes${mapping === undefined ? ' that the state knows' : ` of ${mapping}`}: ${counts.join(', ')}`,
    ...drainedNotes(drained).map((note) => plainLine(wordsOf(note))),
    ...(rows.length === 0 ? [] : [formatTable(['NODE', 'BMC_IP', 'STATE', 'WHY'], rows)]),
    `${reportText('Validate', validate, restarted)}\n${reportText('Verification', verify, restarted)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function runText(run: LocalRun): string {
  const { folder, jobId = 'unknown', restartState } = run;
  const { imageGroup = 'unknown', updatedAt } = restartState;
  const written = updatedAt === undefined ? '' : `, written ${updatedAt}`;
  const states = {
    running: `\nA run is under way since ${run.interrupted?.at ?? 'just now'}.`,
    interrupted: `\nThe run of ${run.interrupted?.at ?? ''} was interrupted; run the same command to resume it.`,
    ended: '',
  };
  return `${plainLine(`Job ${jobId}, image group ${imageGroup} (${folder}${written})`)}${states[stateOf(run)]}`;
}

function stateOf({ isInUse, interrupted }: LocalRun): 'running' | 'interrupted' | 'ended' {
  if (isInUse) return 'running';
  return interrupted === undefined ? 'ended' : 'interrupted';
}

function reportText(what: string, last: LastReport | undefined, restarted: string | undefined): string {
  if (last === undefined) return `${what}: never run`;
  const { attempt, file, report } = last;
  if (report === undefined)
    return `${what}: attempt ${String(attempt)} has no report; it is under way or was interrupted`;
  const { total, passed } = report.summary;
  const old = isBeforeRestart(report, restarted)
    ? `\n! This report is older than the last restart (${restarted ?? ''}) and tells nothing of it.`
    : '';
  return `${what}: ${report.outcome}, ${String(passed)} of ${String(total)} tests passed, ${report.startedAt}: ${file}${old}`;
}

/** For programs. */
export function localJson({ folder, runs, mapping, nodes, drained, validate, verify }: LocalStatus): object {
  const restarted = lastRestart(runs.map(({ restartState }) => restartState));
  return {
    state: folder,
    runs: runs.map((run) => ({
      folder: run.folder,
      jobId: run.jobId ?? null,
      imageGroup: run.restartState.imageGroup ?? null,
      updatedAt: run.restartState.updatedAt ?? null,
      run: stateOf(run),
      since: run.interrupted?.at ?? null,
    })),
    mapping: mapping ?? null,
    nodes: {
      booted: nodes.booted,
      marked: nodes.marked,
      failed: nodes.failed.map(({ hostname, bmcIp, message }) => ({ hostname, bmcIp, message })),
      left: nodes.left,
    },
    drained,
    validate: reportJson(validate, restarted),
    verify: reportJson(verify, restarted),
  };
}

function reportJson(last: LastReport | undefined, restarted: string | undefined): unknown {
  if (last === undefined) return null;
  const { attempt, file, report } = last;
  const { outcome = null, startedAt = null, summary = null } = report ?? {};
  const isOld = report !== undefined && isBeforeRestart(report, restarted);
  return { attempt, outcome, startedAt, tests: summary, report: report === undefined ? null : file, isOld };
}
