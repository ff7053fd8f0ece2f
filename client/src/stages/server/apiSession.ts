import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { isRunning } from '@omnia-buildstream/runner/server/situation';
import * as vscode from 'vscode';
import { Refusal } from '../../platform/refusal.ts';
import { confirmStage } from '../confirmStage.ts';
import { lastImageGroup, rememberImageGroup } from '../imageGroup.ts';
import { requestFile } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';
import type { StopSwitch } from '../stopSwitch.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { painted } from '../terminalText.ts';
import { explainApi } from '../../oim/apiErrorWords.ts';
import { apiStage, refuseObstacles, type ApiStage } from './apiStage.ts';
import { apiStageWords } from './apiStageWords.ts';
import { groupNamed, jobOf, pickGroup } from './chooseGroup.ts';
import { demandCredential, demandServer, withApi } from '../../oim/openApi.ts';
import { StageView } from './stageView.ts';
import { clock } from '../../platform/clock.ts';

type WriteLines = (...lines: readonly string[]) => void;

interface Session {
  readonly client: OimClient;
  readonly request: StageRequest;
  readonly stop: StopSwitch;
  readonly signal: AbortSignal;
  readonly write: WriteLines;
}

/**
 * One stage that the management server runs, from its request to its end: what it touches, question, order, following.
 * Stopping ends the following only. Resolves to the exit code. @throws Refusal, RunnerError
 */
export async function runOnApi(
  context: StageContext,
  request: StageRequest,
  { write, onStop }: { readonly write: WriteLines; readonly onStop: (stop: StopSwitch) => void },
): Promise<number> {
  const server = demandServer();
  const credential = await demandCredential(context.apiClients, server);
  const run = context.running.begin(server.origin, { isFollowing: true });
  const { stop } = run;
  const signal = AbortSignal.any([stop.stop, stop.stopAtOnce]);
  try {
    onStop(stop);
    return await withApi({ server, credential }, (client) =>
      orderAndFollow(context, { client, request, stop, signal, write }),
    );
  } catch (error) {
    if (error instanceof OimError) throw new Refusal(explainApi(error));
    // Once the stage is ordered the summary tells of the stop; this is before.
    if (signal.aborted) throw new Refusal(vscode.l10n.t('Stopped; nothing was started.'));
    throw error;
  } finally {
    run.end();
  }
}

async function orderAndFollow(context: StageContext, session: Session): Promise<number> {
  const { client, request, signal, write } = session;
  const group = await groupOf(context, session);
  const jobId = jobOf(group);
  const job = await client.job(jobId, signal);
  const goesOn = isRunning({ stage: request.stage, job });
  const file = await requestFile(request.mapping, context.nodes);
  const stage = await apiStage({ stage: request.stage, file, job, group });
  const notes = [
    vscode.l10n.t('Image group: {0} ({1})', plainLine(group.id), plainLine(group.status)),
    vscode.l10n.t('Job: {0} ({1})', plainLine(job.id), plainLine(job.state)),
    vscode.l10n.t('Stages: {0}', plainLine(job.stages.map(({ name, state }) => `${name} ${state}`).join(', '))),
  ];
  const words = apiStageWords(request.stage);
  write(painted('cyan', vscode.l10n.t('{0} on the management server', words.title)), ...notes);
  if (goesOn) write(vscode.l10n.t('The stage is running already: it is followed, nothing is sent.'));
  else {
    refuseObstacles(stage.plan);
    await agree(stage, { ...session, notes });
  }
  await rememberImageGroup(context.state, group.id);
  return follow(context, { ...session, stage, jobId, imageGroup: group.id, mayOrder: !goesOn });
}

async function groupOf({ state }: StageContext, { client, request, signal }: Session): Promise<ImageGroup> {
  const groups = await client.images(undefined, signal);
  if (request.imageGroup !== undefined) return groupNamed(groups, request.imageGroup);
  const group = await pickGroup(groups, lastImageGroup(state));
  if (group === undefined) throw new Refusal(vscode.l10n.t('Without an image group nothing is run.'));
  return group;
}

/** @throws Refusal when the user does not agree */
async function agree(stage: ApiStage, { request, notes, write, signal }: Session & { notes: string[] }): Promise<void> {
  const { question, button } = apiStageWords(request.stage);
  const ends = vscode.l10n.t('Stopping later ends the following only: the stage goes on on the management server.');
  write(...stage.notes, '');
  write(
    ...stage.nodes.map(
      ({ hostname, bmcIp, why }) => `  ${plainLine(hostname)} (${plainLine(bmcIp)}): ${plainLine(why)}`,
    ),
  );
  const shown = { nodes: stage.nodes, notes: [...notes, ...stage.notes, ends], question, button };
  if (!(await confirmStage(shown))) throw new Refusal(vscode.l10n.t('Nothing was started.'));
  signal.throwIfAborted();
}

interface Ordered extends Session {
  readonly stage: ApiStage;
  readonly jobId: string;
  readonly imageGroup: string;
  readonly mayOrder: boolean;
}

async function follow(context: StageContext, ordered: Ordered): Promise<number> {
  const { client, stage, jobId, imageGroup, mayOrder, signal, stop, write, request } = ordered;
  const view = new StageView(context, { client, imageGroup, stage: request.stage, nodes: stage.nodes, write });
  const running = runOimStage({
    client,
    jobId,
    imageGroup,
    request: stage.plan.request,
    mayOrder,
    files: mayOrder ? stage.plan.files : [],
    clock,
    settings: defaultFollowSettings,
    emit: (event) => {
      view.show(event);
    },
    signal,
  });
  view.begin(running, stop);
  try {
    return await view.tell(await running);
  } finally {
    view.end();
  }
}
