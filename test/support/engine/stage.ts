import {
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planRestart } from '@omnia-buildstream/core/plan/plan';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { BmcClient } from '@omnia-buildstream/engine/ports/bmc';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

const nodeFs = { link, mkdir, open, readFile, rename, truncate, unlink, writeFile };

export interface StageOptions {
  readonly mappingFile: string;
  readonly bmc: BmcClient;
  readonly reports: ReportSource;
  readonly settings: RestartSettings;
  readonly onEvent?: (event: RestartEvent) => void;
}

export interface StageOutcome {
  readonly summary: RestartSummary;
  readonly events: readonly RestartEvent[];
  /** Everything that the run wrote, for searching. */
  readonly written: string;
}

/** Runs the stage over real files and the real clock. */
export async function runStage({ mappingFile, ...options }: StageOptions): Promise<StageOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'restart-'));
  const state = await FileStateStore.open(folder, nodeFs, systemProcesses());
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
      clock: systemClock,
      emit: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      stop: never,
      stopAtOnce: never,
    });
    const names = await readdir(folder);
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    return { summary, events, written: [...texts, ...events.map((event) => JSON.stringify(event))].join('\n') };
  } finally {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  }
}
