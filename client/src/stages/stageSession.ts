import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { isForApi } from '../oim/apiConfiguration.ts';
import { runOnApi } from '../oim/apiSession.ts';
import { plainLine } from '../pipelines/safeLine.ts';
import { Refusal } from '../pipelines/refusal.ts';
import { confirmStage } from './confirmStage.ts';
import { engineSettings } from './engineConfiguration.ts';
import { askImageGroup, rememberImageGroup } from './imageGroup.ts';
import { showLive } from './liveEvents.ts';
import { requestFile, type RequestFile } from './requestFiles.ts';
import { countText, notifyWhile } from './runNotification.ts';
import type { StageContext } from './stageContext.ts';
import type { PreparedStage, StageDefinition, StageInput, StageOutcome } from './stageDefinition.ts';
import { countAfter, nothingYet } from './stageProgress.ts';
import { stageOf } from './stageTable.ts';
import type { StopSwitch } from './stopSwitch.ts';
import type { StageRequest } from './taskDefinition.ts';
import { tellOutcome, type UntrustedBmc } from './tellOutcome.ts';
import { eventLine, painted, type RowPlaces, type TerminalWords } from './terminalText.ts';

/** How a task ends, as the command line does. */
export const exitCodes = { ok: 0, cannotRun: 2, someFailed: 3 } as const;

type WriteLines = (...lines: readonly string[]) => void;

/**
 * One stage from its request to its end: plan, question, run, outcome. Everything it says goes to `write`, line by line.
 * Resolves to the exit code. @throws Refusal, RunnerError, StateError
 */
export async function runStage(
  context: StageContext,
  request: StageRequest,
  { write, onStop }: { readonly write: WriteLines; readonly onStop: (stop: StopSwitch) => void },
): Promise<number> {
  if (isForApi(request)) return runOnApi(context, request, { write, onStop });
  const stage = stageOf(request.stage);
  if (stage === undefined)
    throw new Refusal(vscode.l10n.t('The stage "{0}" does not run in the editor.', request.stage));
  const file = await requestFile(request.mapping, context.nodes);
  const imageGroup = request.imageGroup ?? (await askImageGroup(context.state));
  if (imageGroup === undefined) throw new Refusal(vscode.l10n.t('Without an image group nothing is run.'));
  const input = inputOf(context, { request, file, imageGroup });
  const run = context.running.begin(stage.stateFolder(input));
  try {
    onStop(run.stop);
    const prepared = await stage.prepare(input);
    try {
      return await agreeAndRun(context, { stage, input, prepared, stop: run.stop, write });
    } finally {
      await prepared.close();
    }
  } finally {
    run.end();
  }
}

interface Agreed {
  readonly stage: StageDefinition;
  readonly input: StageInput;
  readonly prepared: PreparedStage;
  readonly stop: StopSwitch;
  readonly write: WriteLines;
}

interface Ready extends Agreed {
  readonly execute: Awaited<ReturnType<PreparedStage['ready']>>;
}

function inputOf(
  { credentials }: StageContext,
  { request, file, imageGroup }: { request: StageRequest; file: RequestFile; imageGroup: string },
): StageInput {
  const { names, failed } = request;
  return {
    file: file.uri.fsPath,
    text: file.text,
    version: file.version,
    project: projectFolderOf(file.uri.fsPath),
    imageGroup,
    selection: { names, failed, shard: undefined },
    settings: engineSettings(file.uri),
    credentials: (addresses) => credentials.sourceFor(addresses),
  };
}

async function agreeAndRun(context: StageContext, agreed: Agreed): Promise<number> {
  const { prepared, stage, input, write } = agreed;
  write(painted('cyan', stage.title()), ...prepared.notes, '');
  write(...prepared.nodes.map(({ hostname, bmcIp, why }) => `  ${plainLine(hostname)} (${plainLine(bmcIp)}): ${why}`));
  if (prepared.isNothing) {
    write(vscode.l10n.t('No node of the plan is to be run, so there is nothing to do.'));
    return exitCodes.ok;
  }
  // A run that only has its end to write touches no node.
  if (prepared.nodes.length > 0 && !(await confirmStage(prepared))) {
    throw new Refusal(vscode.l10n.t('Nothing was touched.'));
  }
  await rememberImageGroup(context.state, input.imageGroup);
  const untrusted: UntrustedBmc[] = [];
  const outcome = await follow(context, { ...agreed, execute: await prepared.ready() }, untrusted);
  const summary = vscode.l10n.t('{0} done, {1} failed, {2} not tried.', outcome.done, outcome.failed, outcome.notTried);
  const isGood = outcome.failed + outcome.notTried === 0;
  write('', painted(isGood ? 'green' : 'yellow', summary));
  void tellOutcome(context, { title: stage.title(), summary, isGood, untrusted, port: input.settings.bmcPort });
  return isGood ? exitCodes.ok : exitCodes.someFailed;
}

async function follow(
  { live, nodes: source }: StageContext,
  { stage, input, prepared, stop, write, execute }: Ready,
  untrusted: UntrustedBmc[],
): Promise<StageOutcome> {
  const about = { stage: stage.name, words: wordsOf(stage), places: placesOf(input) };
  const waiting = { phase: 'waiting', word: vscode.l10n.t('waits for its turn'), message: '' } as const;
  let count = nothingYet;
  live.begin(
    prepared.nodes.map(({ bmcIp }) => bmcIp),
    waiting,
  );
  const emit = (event: StageEvent): void => {
    count = countAfter(count, event);
    live.setProgress(countText(count));
    showLive(live, event, stage);
    if (event.type === 'node-finished' && event.failure === 'tls') untrusted.push({ bmcIp: event.bmcIp });
    const line = eventLine(event, about);
    if (line !== undefined) write(line);
  };
  const running = execute({ emit, stop: stop.stop, stopAtOnce: stop.stopAtOnce });
  notifyWhile(running, { title: vscode.l10n.t('BuildStreaM: {0}', stage.title()), count: () => count, stop });
  try {
    return await running;
  } finally {
    live.end();
    // The state is on the disk now.
    void source.refresh();
  }
}

function placesOf({ file, text, version }: StageInput): RowPlaces {
  const rows = targetsOf(text, version ?? '2.2');
  // Of rows with the same BMC_IP the first is run.
  return { file, lines: new Map([...rows].reverse().map(({ bmcIp, line }) => [bmcIp, line])) };
}

function wordsOf({ doneWord }: StageDefinition): TerminalWords {
  return {
    done: doneWord(),
    left: vscode.l10n.t('not tried'),
    stopping: (detail) => vscode.l10n.t('Stopping: {0}', detail),
  };
}
