import type { HistoryRecord, RunOutcome } from '@omnia-buildstream/core/history/historyRecord';
import type { StageEvent } from '../stageEvent.ts';

/** The history records for an event of a run; most events have none. */
export function recordsOf(event: StageEvent): readonly HistoryRecord[] {
  const { at } = event;
  switch (event.type) {
    case 'node-reset':
      return [{ type: 'reset', at, bmcIp: event.bmcIp, kind: event.kind }];
    case 'node-drained':
    case 'node-resumed': {
      const type = event.type === 'node-drained' ? 'drained' : 'resumed';
      return [{ type, at, bmcIp: event.bmcIp, hostname: event.hostname }];
    }
    case 'node-finished': {
      const { bmcIp, hostname, status, message, advice } = event;
      return [{ type: 'node', at, bmcIp, hostname, status, message, advice }];
    }
    case 'node-left': {
      const { bmcIp, hostname, detail } = event;
      return [{ type: 'node', at, bmcIp, hostname, status: 'left', message: detail, advice: '' }];
    }
    case 'check-finished': {
      if (event.outcome === 'passed' || event.outcome === 'skipped') return [];
      const { hostname, title, message } = event;
      return [{ type: 'note', at, text: `${hostname}: ${title}: ${message}` }];
    }
    case 'stage-note':
      return event.level === 'info' ? [] : [{ type: 'note', at, text: event.text }];
    case 'stage-stopping':
      return [{ type: 'note', at, text: `${event.reason}: ${event.detail}` }];
    case 'stage-finished':
      return [...toldNodes(event), endOf(event)];
    default:
      return [];
  }
}

type Worded = Extract<Finished, { readonly outcome: string }>;
type Finished = Extract<StageEvent, { readonly type: 'stage-finished' }>;

/** What the management server reports about single nodes at the end. */
function toldNodes(event: Finished): readonly HistoryRecord[] {
  if (!('nodes' in event)) return [];
  return (event.nodes ?? []).map(({ bmcIp, hostname, hasFailed, message }): HistoryRecord => {
    const status = hasFailed ? 'failed' : 'success';
    return { type: 'node', at: event.at, bmcIp, hostname, status, message, advice: '' };
  });
}

function endOf(event: Finished): HistoryRecord {
  const end = { type: 'end', at: event.at } as const;
  if ('booted' in event) {
    const { booted, failed, notTried, stopped = '', everyBoot } = event;
    const left = stopped === 'at-once' ? 'not finished' : 'not tried';
    const counts = `${String(booted)} booted, ${String(failed)} failed, ${String(notTried)} ${left}.`;
    const pxe = everyBoot.length === 0 ? '' : ` PXE is set for every boot on ${everyBoot.join(', ')}.`;
    const isWhole = failed === 0 && notTried === 0 && stopped === '';
    return { ...end, outcome: isWhole ? 'succeeded' : 'failed', stopped, summary: counts + pxe };
  }
  const stopped = stopOf[event.outcome] ?? ('stopped' in event ? (event.stopped ?? '') : '');
  return { ...end, outcome: outcomes[event.outcome], stopped, summary: `${event.stage}: ${event.outcome}` };
}

/** Outcomes that are themselves a reason for stopping. */
const stopOf: Partial<Record<Worded['outcome'], string>> = { stopped: 'asked', 'not-started': 'not-started' };

/** For stages that report how they ended in one word. */
const outcomes: Readonly<Record<Worded['outcome'], RunOutcome>> = {
  PASSED: 'succeeded',
  FAILED: 'failed',
  deployed: 'succeeded',
  'some-failed': 'failed',
  'preflight-failed': 'failed',
  'provisioner-failed': 'failed',
  stopped: 'failed',
  succeeded: 'succeeded',
  failed: 'failed',
  'not-started': 'failed',
  'left-running': 'unknown',
  unknown: 'unknown',
};
