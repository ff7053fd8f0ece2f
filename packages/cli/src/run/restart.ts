import path from 'node:path';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { prepareRestart, runPreparedRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import { openState, shardFolder } from '@omnia-buildstream/runner/stateFolder';
import { CannotRun, causeOf } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type Io } from '../io.ts';
import { planText } from '../plan/command.ts';
import { textOf } from '../plan/inputs.ts';
import { planFiles } from '../plan/options.ts';
import { readCredentials } from './credentials.ts';
import { runHelp } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { parseRunOptions, type RunOptions } from './options.ts';
import { Progress } from './progress.ts';
import { inWords } from './runnerProblem.ts';
import { summaryText } from './summary.ts';

/** Some nodes failed, or were not tried. */
const someFailed = 3;

/** `buildstream run restart`: plan, confirmation, run, summary. */
export async function restart(args: readonly string[], io: Io): Promise<number> {
  const options = parseRunOptions(args);
  if (options.help) {
    await io.stdout.write(runHelp);
    return exitCodes.ok;
  }
  if (options.image === '') throw new CannotRun('arguments', 'Name the image group that the nodes boot with --image.');
  const state = await openFolder(options, io);
  try {
    return await planAndRun(options, state, io);
  } finally {
    await state.close();
  }
}

async function planAndRun(options: RunOptions, state: StateStore, io: Io): Promise<number> {
  const { mapping } = planFiles({ mapping: options.mapping }, io);
  const text = await textOf(mapping, io);
  try {
    const prepared = prepareRestart({
      file: mapping === '-' ? '' : path.resolve(io.cwd, mapping),
      text,
      version: options.version,
      imageGroup: options.image,
      selection: options,
      state,
    });
    return await confirmAndRun(options, prepared, io);
  } catch (error) {
    throw inWords(error, mapping);
  }
}

async function confirmAndRun(options: RunOptions, prepared: PreparedRestart, io: Io): Promise<number> {
  const { plan, nodes } = prepared;
  const people = options.isNdjson ? io.stderr : io.stdout;
  await people.write(introduction(plan, nodes));
  if (nodes.nodes.length === 0 && nodes.resumed === undefined) return exitCodes.ok;
  const count = nodes.nodes.length;
  const question = `Restart ${String(count)} ${count === 1 ? 'node' : 'nodes'} now?`;
  if (count > 0 && !(await confirm(question, options.yes, io))) {
    throw new CannotRun('arguments', 'Nothing was touched.');
  }
  const summary = await run(options, prepared, io);
  return summary.failed + summary.notTried === 0 ? exitCodes.ok : someFailed;
}

async function run(options: RunOptions, prepared: PreparedRestart, io: Io): Promise<RestartSummary> {
  const access = await accessOf(options, io);
  const interrupts = listenForInterrupts();
  const progress = new Progress(io.stderr, () => systemClock.monotonic());
  const failed: Extract<RestartEvent, { type: 'node-finished' }>[] = [];
  let written: Promise<void> = Promise.resolve();
  try {
    const summary = await runPreparedRestart(prepared, {
      access,
      report: options.report,
      settings: options.settings,
      jobId: options.job,
      emit: (event) => {
        if (event.type === 'node-finished' && event.status === 'failed') failed.push(event);
        if (!options.isNdjson) progress.show(event);
        else written = written.then(() => io.stdout.write(`${JSON.stringify(event)}\n`)).catch(() => undefined);
      },
      stop: interrupts.stop,
      stopAtOnce: interrupts.stopAtOnce,
    });
    await written;
    await progress.flush();
    const folder = shardFolder(options.state, options.shard);
    if (!options.isNdjson) await io.stdout.write(summaryText(summary, failed, folder));
    return summary;
  } finally {
    interrupts.dispose();
  }
}

function introduction(plan: Plan, { nodes, finished, resumed }: NodesOfRun): string {
  const lines = [planText(plan, 'state')];
  if (resumed !== undefined) {
    const failures = finished.filter(({ failure }) => failure !== undefined).length;
    lines.push(
      `The run of ${resumed.at} was interrupted and is gone on with: ${String(finished.length)} nodes are finished ` +
        `(${String(failures)} failed; the next run tries them again), ${String(nodes.length)} are left.\n`,
    );
  } else if (nodes.length < plan.nodes.filter(({ action }) => action === 'boot').length) {
    lines.push(`Of these only: ${nodes.map(({ planned }) => planned.target.hostname).join(', ') || 'none'}\n`);
  }
  return `${lines.join('\n')}\n`;
}

async function openFolder({ state, shard }: RunOptions, io: Io): Promise<StateStore> {
  try {
    return await openState(path.resolve(io.cwd, shardFolder(state, shard)));
  } catch (error) {
    throw inWords(error, '');
  }
}

async function accessOf({ ca, pins, bmcPort, requestMs }: RunOptions, io: Io): Promise<BmcAccess> {
  return {
    credentials: await readCredentials(io),
    tls: { ca: ca === undefined ? undefined : await pemOf(ca, io), pins },
    port: bmcPort,
    requestTimeoutMs: requestMs,
  };
}

async function pemOf(file: string, io: Io): Promise<string> {
  let text: string;
  try {
    text = Buffer.from(await io.fs.readFile(path.resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    throw new CannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new CannotRun('file', `${file} has no certificate in it; --ca takes a PEM file.`);
}
