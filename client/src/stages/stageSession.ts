import path from 'node:path';
import { failedNodesName } from '@omnia-buildstream/core/nodes/projectPlaces';
import { planDeploy } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { isForApi } from '../oim/apiConfiguration.ts';
import { runOnApi } from './server/apiSession.ts';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import { Refusal } from '../platform/refusal.ts';
import { confirmStage } from './confirmStage.ts';
import { engineSettings } from './settings/engineConfiguration.ts';
import { askImageGroup, listedImageGroups, rememberImageGroup } from './imageGroup.ts';
import { showLive } from './liveEvents.ts';
import { NodePlaces } from './nodePlaces.ts';
import { projectOf, requestFile } from './requestFiles.ts';
import { countText, notifyWhile } from './runNotification.ts';
import type { StageContext } from './stageContext.ts';
import type { PreparedStage, StageDefinition, StageInput, StageOutcome } from './stageDefinition.ts';
import { countAfter, nothingYet } from './stageProgress.ts';
import { stageOf } from './stageTable.ts';
import type { StopSwitch } from './stopSwitch.ts';
import type { StageRequest } from './taskDefinition.ts';
import { tellOutcome, type UntrustedBmc } from './tellOutcome.ts';
import { verifyNodes } from './direct/verifyNodes.ts';
import { eventLine, painted, type TerminalWords } from './terminalText.ts';

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
  refuseSelection(stage, request);
  const input = await inputOf(context, request);
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

/** A stage that cannot be limited must not quietly run on everything. */
function refuseSelection({ takes, title }: StageDefinition, { names, failed }: StageRequest): void {
  if ((names.length === 0 || takes.names) && (!failed || takes.failed)) return;
  throw new Refusal(vscode.l10n.t('The stage {0} cannot be limited to these nodes. Run it on all.', title()));
}

async function inputOf(
  { credentials, tokens, nodes, state }: StageContext,
  request: StageRequest,
): Promise<StageInput> {
  const file = await requestFile(request.mapping, nodes);
  const { project, version } = projectOf(file);
  const settings = engineSettings(file.uri);
  const groups = await listedImageGroups(settings, project);
  const imageGroup = request.imageGroup ?? (await askImageGroup(state, groups));
  if (imageGroup === undefined) throw new Refusal(vscode.l10n.t('Without an image group nothing is run.'));
  const { names, failed, checks } = request;
  return {
    file: file.uri.fsPath,
    text: file.text,
    version,
    project,
    imageGroup,
    groups,
    selection: { names, failed, shard: undefined },
    checks,
    settings,
    credentials: (addresses) => credentials.sourceFor(addresses),
    tokens,
  };
}

async function agreeAndRun(context: StageContext, agreed: Agreed): Promise<number> {
  const { prepared, stage, input, write } = agreed;
  write(painted('cyan', stage.title()), ...prepared.notes.map(plainLine), '');
  write(
    ...prepared.nodes.map(
      ({ hostname, bmcIp, why }) => `  ${plainLine(hostname)} (${plainLine(bmcIp)}): ${plainLine(why)}`,
    ),
  );
  if (prepared.isNothing) {
    write(vscode.l10n.t('No node of the plan is to be run, so there is nothing to do.'));
    return exitCodes.ok;
  }
  if (prepared.asks && !(await confirmStage(prepared))) {
    throw new Refusal(vscode.l10n.t('Nothing was touched.'));
  }
  await rememberImageGroup(context.state, input.imageGroup);
  const untrusted: UntrustedBmc[] = [];
  const outcome = await follow(context, { ...agreed, execute: await prepared.ready() }, untrusted);
  const { summary, isGood, notes, report } = outcome;
  write('', painted(isGood ? 'green' : 'yellow', summary), ...notes);
  const verify = stage.isRestart && outcome.isGood ? () => verifyNodes(context, input, prepared) : undefined;
  const { bmcPort: port } = input.settings;
  void tellOutcome(context, { title: stage.title(), summary, isGood, untrusted, port, report, verify });
  return isGood ? exitCodes.ok : exitCodes.someFailed;
}

async function follow(
  { live, nodes: source, results }: StageContext,
  { stage, input, prepared, stop, write, execute }: Ready,
  untrusted: UntrustedBmc[],
): Promise<StageOutcome> {
  const rows = targetsOf(input.text, input.version);
  const places = new NodePlaces(input.file, rows);
  const about = { stage: stage.name, words: wordsOf(stage), places };
  showImages(live, input, rows);
  const waiting = { phase: 'waiting', word: vscode.l10n.t('waits for its turn'), message: '' } as const;
  let count = nothingYet;
  live.begin(
    prepared.nodes.map(({ bmcIp }) => bmcIp),
    waiting,
  );
  const emit = (event: StageEvent): void => {
    count = countAfter(count, event);
    live.setProgress(countText(count, stage.unit));
    showLive(live, event, { stage, places, nodes: prepared.nodes });
    results.show(event);
    if (event.type === 'node-finished' && event.failure === 'tls') untrusted.push({ bmcIp: event.bmcIp });
    const line = eventLine(event, about);
    if (line !== undefined) write(line);
  };
  if (stage.name === 'validate') {
    results.begin(prepared.checks, places, () => {
      stop.pressAtOnce();
    });
  }
  const running = execute({ emit, stop: stop.stop, stopAtOnce: stop.stopAtOnce });
  notifyWhile(running, {
    title: vscode.l10n.t('BuildStreaM: {0}', stage.title()),
    count: () => count,
    unit: stage.unit,
    stop,
  });
  try {
    return await running;
  } finally {
    if (stage.name === 'validate') results.end();
    live.end({ isRestart: stage.isRestart });
    // The state is on the disk now.
    void source.changedOnDisk(vscode.Uri.file(path.join(stage.stateFolder(input), failedNodesName)));
  }
}

/** Which image each node boots, as far as the list of images tells. */
function showImages(live: LiveNodes, { groups, imageGroup }: StageInput, rows: readonly Target[]): void {
  const group = groups?.find(({ id }) => id === imageGroup);
  if (group === undefined) return;
  for (const { target, image } of planDeploy({ rows, imageGroup, images: group.images }).nodes) {
    live.setFact(target.bmcIp, 'image', plainLine(image.name));
  }
}

function wordsOf({ doneWord }: StageDefinition): TerminalWords {
  return {
    done: doneWord(),
    left: vscode.l10n.t('not tried'),
    outcomes: {
      passed: vscode.l10n.t('passed'),
      failed: vscode.l10n.t('failed'),
      error: vscode.l10n.t('error'),
      skipped: vscode.l10n.t('skipped'),
    },
    levels: { warning: vscode.l10n.t('warning'), error: vscode.l10n.t('error') },
    stopping: (detail) => vscode.l10n.t('Stopping: {0}', detail),
  };
}
