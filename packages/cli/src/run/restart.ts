import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, truncate, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { planRestart, type Plan } from '@omnia-buildstream/core/plan/plan';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { StateError, type StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { nodesOfRun, type NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { CannotRun, causeOf } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type Io } from '../io.ts';
import { planText } from '../plan/command.ts';
import { textOf } from '../plan/inputs.ts';
import { planFiles } from '../plan/options.ts';
import { detect } from '../validate/detect.ts';
import { checkMapping } from './checkMapping.ts';
import { readCredentials } from './credentials.ts';
import { runHelp } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { parseRunOptions, type RunOptions } from './options.ts';
import { Progress } from './progress.ts';
import { openReports } from './reports.ts';
import { selectionOf } from './selection.ts';
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
  const state = await openState(options, io);
  try {
    return await planAndRun(options, state, io);
  } finally {
    await state.close();
  }
}

async function planAndRun(options: RunOptions, state: StateStore, io: Io): Promise<number> {
  const plan = await makePlan(options, state, io);
  const nodes = nodesOfRun(plan, state.found.interrupted, selectionOf(plan, options));
  const people = options.isNdjson ? io.stderr : io.stdout;
  await people.write(introduction(plan, nodes));
  if (nodes.nodes.length === 0 && nodes.resumed === undefined) return exitCodes.ok;
  const count = nodes.nodes.length;
  const question = `Restart ${String(count)} ${count === 1 ? 'node' : 'nodes'} now?`;
  if (count > 0 && !(await confirm(question, options.yes, io))) {
    throw new CannotRun('arguments', 'Nothing was touched.');
  }
  try {
    const summary = await run(options, { plan, nodes, state }, io);
    return summary.failed + summary.notTried === 0 ? exitCodes.ok : someFailed;
  } catch (error) {
    throw error instanceof StateError ? stateProblem(error) : error;
  }
}

async function run(
  options: RunOptions,
  { plan, nodes, state }: { readonly plan: Plan; readonly nodes: NodesOfRun; readonly state: StateStore },
  io: Io,
): Promise<RestartSummary> {
  const bmc = await redfishClient(options, io);
  const reports = await openReports(options.report);
  const interrupts = listenForInterrupts();
  const progress = new Progress(io.stderr, () => systemClock.monotonic());
  const failed: Extract<RestartEvent, { type: 'node-finished' }>[] = [];
  let written: Promise<void> = Promise.resolve();
  try {
    const isSameGroup = (state.found.restartState.imageGroup ?? plan.imageGroup) === plan.imageGroup;
    const summary = await runRestart({
      plan,
      nodes,
      state,
      bmc,
      reports: reports.source,
      clock: systemClock,
      settings: options.settings,
      jobId: options.job ?? (isSameGroup ? state.found.jobId : undefined) ?? randomUUID(),
      runId: randomUUID(),
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
    if (!options.isNdjson) await io.stdout.write(summaryText(summary, failed, stateFolder(options)));
    return summary;
  } finally {
    interrupts.dispose();
    await reports.close();
  }
}

async function makePlan(options: RunOptions, { found }: StateStore, io: Io): Promise<Plan> {
  const { mapping } = planFiles({ mapping: options.mapping }, io);
  const text = await textOf(mapping, io);
  const document = new CsvDocument(text);
  const version = options.version ?? detect(mapping, document, io.cwd);
  checkMapping(mapping, document, version);
  const { restartState, failedNodes } = found;
  return planRestart({ rows: targetsOf(text, version), failedNodes, restartState, imageGroup: options.image, version });
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

function stateFolder({ state, shard }: RunOptions): string {
  return shard === undefined ? state : `${state}/shard-${String(shard.index)}-of-${String(shard.count)}`;
}

async function openState(options: RunOptions, io: Io): Promise<StateStore> {
  const fs = { link, mkdir, open, readFile, rename, truncate, unlink, writeFile };
  try {
    return await FileStateStore.open(path.resolve(io.cwd, stateFolder(options)), fs, systemProcesses());
  } catch (error) {
    throw error instanceof StateError ? stateProblem(error) : error;
  }
}

function stateProblem({ message }: StateError): CannotRun {
  return new CannotRun('file', message.endsWith('.') ? message : `${message}.`);
}

async function redfishClient({ ca, pins, bmcPort, requestMs }: RunOptions, io: Io): Promise<RedfishClient> {
  return new RedfishClient({
    clock: systemClock,
    random: Math.random,
    credentials: await readCredentials(io),
    tls: { ca: ca === undefined ? undefined : await pemOf(ca, io), pins },
    port: bmcPort,
    ...(requestMs === undefined ? {} : { requestTimeoutMs: requestMs }),
  });
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
