import path from 'node:path';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import type { StageRun } from '@omnia-buildstream/runner/preparedStage';
import { reportWith } from '@omnia-buildstream/runner/reports';
import { prepareRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import { askWorkload } from '@omnia-buildstream/runner/workload/workload';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import type { Io } from '../../io.ts';
import { programsFor } from '../../workload.ts';
import { tracesFor } from '../../plan/traces.ts';
import { readAuthorities } from '../authorities.ts';
import { readCredentials } from '../credentials.ts';
import { EventOutput } from '../eventOutput.ts';
import type { Interrupts } from '../interrupts.ts';
import type { Mapping } from '../mapping.ts';
import { recordedRun, type Told } from '../recorded.ts';
import type { RunOptions } from './options.ts';
import { Progress } from './progress.ts';
import { inWords } from '../../errorWords.ts';
import { summaryText } from './summary.ts';

/** Opens the state folder for `work`, which changes nothing yet. @throws UserError when it cannot be used */
export async function withState<T>(folder: string, io: Io, work: (state: StateStore) => Promise<T>): Promise<T> {
  let state: StateStore;
  try {
    state = await openState({ folder: path.resolve(io.cwd, folder), within: io.cwd }, io);
  } catch (error) {
    throw inWords(error);
  }
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

/** Plans a restart and touches nothing. @throws UserError */
export async function planned(
  options: RunOptions,
  mapping: Mapping,
  state: StateStore,
  io: Io,
): Promise<PreparedRestart> {
  const { file, text, version } = mapping;
  const place = file === '-' ? '' : path.resolve(io.cwd, file);
  const omnia = await tracesFor({ file, version, jobId: options.job }, io);
  try {
    const { settings, job: jobId, ssh } = options;
    const at = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : path.resolve(io.cwd, name);
    const identity = { user: ssh.user, key: at(ssh.key), knownHosts: at(ssh.knownHosts), run: io.ssh };
    const report = reportWith(options.report, identity);
    const request = { file: place, text, version, imageGroup: options.image, omnia, selection: options, state };
    const workload = await askWorkload(
      options.workload,
      await programsFor(options.workload, io),
      targetsOf(text, version),
      io,
    );
    const prepared = prepareRestart({ ...request, report, settings, workload, jobId }, io);
    refuseObstacles(prepared);
    return prepared;
  } catch (error) {
    throw inWords(error, file);
  }
}

/** How the BMCs are reached; asks for what the environment does not say. @throws UserError */
export async function accessOf(
  { ca, pins, bmcPort, requestMs }: RunOptions,
  { nodes }: PreparedRestart,
  io: Io,
): Promise<BmcAccess> {
  const agreed = nodes.map(({ target }) => target.bmcIp);
  return {
    credentials: await readCredentials(io, agreed),
    tls: { ca: ca === undefined ? undefined : await readAuthorities(ca, io), pins },
    port: bmcPort,
    requestTimeoutMs: requestMs,
  };
}

interface RestartWorld {
  readonly access: BmcAccess;
  /** As people write it. */
  readonly folder: string;
  readonly interrupts: Interrupts;
  readonly told: Told;
  readonly io: Io;
}

/** Runs the stage and shows what happens. @throws UserError */
export async function runRestartStage(
  options: RunOptions,
  prepared: PreparedRestart,
  { access, folder, interrupts, told, io }: RestartWorld,
): Promise<RestartSummary> {
  const progress = new Progress(io.stderr, () => io.clock.monotonic());
  const output = new EventOutput(io.stdout);
  const failed: Extract<RestartEvent, { type: 'node-finished' }>[] = [];
  try {
    const run: StageRun<RestartEvent> = {
      access: () => Promise.resolve(access),
      emit: (event) => {
        if (event.type === 'node-finished' && event.status === 'failed') failed.push(event);
        if (options.isNdjson) output.event(event);
        else progress.show(event);
      },
      stop: interrupts.stop,
      stopAtOnce: interrupts.stopAtOnce,
    };
    const summary = await recordedRun(prepared, run, told, io);
    await output.flush();
    await progress.flush();
    if (!options.isNdjson) await io.stdout.write(summaryText(summary, failed, folder));
    return summary;
  } catch (error) {
    throw inWords(error);
  }
}
