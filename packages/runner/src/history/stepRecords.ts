import type { HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import type { StageEvent } from '../stageEvent.ts';

/** A step of a node tells many times how it goes on; the history has when each began. One for a run. */
export function stepRecords(): (event: StageEvent) => readonly HistoryRecord[] {
  const steps = new Map<string, string>();
  return (event) => {
    if (event.type !== 'node-step') return [];
    const { at, bmcIp, step } = event;
    if (steps.get(bmcIp) === step) return [];
    steps.set(bmcIp, step);
    return [{ type: 'step', at, bmcIp, step }];
  };
}
