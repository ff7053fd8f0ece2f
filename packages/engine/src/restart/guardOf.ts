import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '../ports/clock.ts';
import { drainMark, type WorkloadNode } from '../ports/workload.ts';
import { timeOf } from './context.ts';
import type { RestartEvent } from './events.ts';
import type { RestartSettings } from './settings.ts';
import { WorkGuard, type GuardWorld, type WorkOfRun } from './workGuard.ts';

interface GuardedRun {
  readonly work?: WorkOfRun | undefined;
  readonly clock: Clock;
  readonly settings: Pick<RestartSettings, 'polls'>;
  readonly emit: (event: RestartEvent) => void;
  readonly runId: string;
}

/** Undefined: nobody is asked whether jobs are running on a node. */
export function guardOf(
  { work, clock, settings, emit, runId }: GuardedRun,
  signals: Pick<GuardWorld, 'signal' | 'stop'>,
): WorkGuard | undefined {
  if (work === undefined) return undefined;
  const about = ({ bmcIp, hostname }: WorkloadNode) => ({ at: timeOf(clock), bmcIp, hostname });
  return new WorkGuard(work, {
    ...signals,
    clock,
    pauseMs: settings.polls.orderMs,
    reason: `${drainMark}restart, run ${runId.replaceAll(/[^\w-]/g, '')}`,
    events: {
      drained: (node) => {
        emit({ type: 'node-drained', ...about(node) });
      },
      resumed: (node) => {
        emit({ type: 'node-resumed', ...about(node) });
      },
    },
    tell: ({ bmcIp }, said) => {
      emit({ type: 'node-step', at: timeOf(clock), bmcIp, step: 'drain', detail: wordsOf(said), said });
    },
  });
}
