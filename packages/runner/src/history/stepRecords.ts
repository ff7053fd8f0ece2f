import type { HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import type { StageEvent } from '../stageEvent.ts';

/** Records when each step of a node began; a step reports its progress many times. Create one function per run. */
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
