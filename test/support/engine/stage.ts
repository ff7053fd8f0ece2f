import { planRestart } from '@omnia-buildstream/core/plan/plan';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { BmcClient } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { MemoryFs } from './memoryFs.ts';

const folder = '/state';

export interface StageOptions {
  readonly mappingFile: string;
  readonly bmc: BmcClient;
  readonly reports: ReportSource;
  readonly settings: RestartSettings;
  readonly clock: Clock;
  readonly onEvent?: (event: RestartEvent) => void;
}

export interface StageOutcome {
  readonly summary: RestartSummary;
  readonly events: readonly RestartEvent[];
  /** Everything the run wrote, for searching. */
  readonly written: string;
}

/** Runs the stage against real BMCs of a lab, with its state in memory. */
export async function runStage({ mappingFile, ...options }: StageOptions): Promise<StageOutcome> {
  const fs = new MemoryFs();
  const state = await FileStateStore.open(
    { folder },
    fs.view(() => true),
    systemProcesses(),
  );
  try {
    const { restartState, failedNodes } = state.found;
    const rows = targetsOf(mappingFile, '2.2');
    const plan = planRestart({ rows, failedNodes, restartState, imageGroup: 'G', version: '2.2' });
    const events: RestartEvent[] = [];
    const never = new AbortController().signal;
    const summary = await runRestart({
      ...options,
      plan,
      nodes: nodesOfRun(plan, undefined),
      jobId: 'job',
      runId: 'run',
      state,
      emit: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      stop: never,
      stopAtOnce: never,
    });
    const texts = [...fs.files.values()];
    return { summary, events, written: [...texts, ...events.map((event) => JSON.stringify(event))].join('\n') };
  } finally {
    await state.close();
  }
}
