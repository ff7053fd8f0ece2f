import { refused } from '@omnia-buildstream/core/errors/userError';
import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { standingTexts } from '@omnia-buildstream/core/plan/planTexts';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimCredential } from '@omnia-buildstream/oim/api/credential';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { bootedHere } from '@omnia-buildstream/runner/oim/bootedHere';
import {
  prepareOimStage,
  type PreparedOimStage,
  type ProjectSituation,
} from '@omnia-buildstream/runner/oim/prepareOimStage';
import { projectUploads } from '@omnia-buildstream/runner/oim/projectUploads';
import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { openApi } from '../../oim/openApi.ts';
import { clock } from '../../platform/clock.ts';
import { say } from '../../platform/say.ts';
import { deployFacts } from '../facts/askDeployFacts.ts';
import { askWork } from '../workload/askWork.ts';
import { askNow, checkFirst, reachLines } from '../facts/reach.ts';
import { committedText } from '../committedMapping.ts';
import { deployedImage } from '../history/deployedImage.ts';
import { lastImageGroup } from '../imageGroup.ts';
import { planNotes } from '../planWords.ts';
import { readProjectFile } from '../projectFile.ts';
import { requestFile } from '../requestFiles.ts';
import { carryOut } from '../session/runView.ts';
import type { StageContext } from '../stageContext.ts';
import type { OfferedStage } from '../stageDefinition.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { apiStageWords } from './apiStageWords.ts';
import { groupNamed, jobOf, pickGroup } from './chooseGroup.ts';
import { StageView } from './stageView.ts';
import { stateFolderOf } from '../settings/engineConfiguration.ts';

interface Asked {
  readonly server: URL;
  readonly credential: OimCredential;
  readonly request: StageRequest;
  readonly stop: AbortSignal;
}

type LookContext = Pick<StageContext, 'gitlabRuns' | 'log' | 'nodes' | 'state' | 'tokens'>;

/** Plans a stage of the management server. Sends nothing. The caller closes the result. @throws UserError */
export async function offerOimStage(
  context: StageContext,
  { server, credential, request, stop }: Asked,
): Promise<OfferedStage> {
  const client = await openApi({ server, credential });
  const close = (): Promise<void> => client.close();
  try {
    const { prepared, notes, standing } = await whileFollowing(stop, () =>
      prepareOnOim(context, client, request, stop),
    );
    const words = apiStageWords(request.stage);
    const count = prepared.nodes.length;
    const { uri } = await requestFile(request.mapping, context.nodes);
    const project = projectFolderOf(uri.fsPath);
    const told = vscode.Uri.file(path.join(project, toldListPlace));
    const ends = vscode.l10n.t(
      'If you stop later, only the progress display ends. The stage keeps running on the management server.',
    );
    const facts = deployFacts(context);
    const elsewhere = [context.inGitLab, stagesAtOim(client, prepared.jobId)];
    const all = (): string[] => [...notes, ...reachLines(facts, prepared.needsBmcs), ends];
    const first = {
      button: checkFirst(),
      notes: async () => {
        await askNow(facts, prepared.needsBmcs);
        return all();
      },
    };
    return {
      plan: prepared,
      notes: prepared.isFollowed ? notes : all(),
      standing,
      where: vscode.l10n.t('Management server {0}', server.host),
      question: words.question(count, plainLine(prepared.imageGroup)),
      button: words.button(count),
      others: [],
      elsewhere,
      ...(prepared.needsBmcs.length > 0 && { first }),
      carryOut: (run) => {
        const view = new StageView(context, { client, prepared, run, told });
        const access = () => Promise.reject(new Error('The management server logs in to BMCs itself'));
        const history = { project, context, mapping: undefined, server: server.origin, elsewhere };
        return whileFollowing(stop, () => carryOut(prepared, view, { ...run, access }, history));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Turns a stop before the stage has started into a UserError. Does not change errors of the API. @throws UserError */
async function whileFollowing<T>(stop: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OimError) throw error;
    // After the stage has been started, the summary reports the stop instead.
    if (stop.aborted) throw refused(vscode.l10n.t('Stopped; nothing was started.'));
    throw error;
  }
}

interface OnServer {
  readonly prepared: PreparedOimStage;
  readonly notes: readonly string[];
  /** Notes that are the same for every run. */
  readonly standing: readonly string[];
}

/** Chooses the image group and plans the stage. @throws UserError, OimError */
export async function prepareOnOim(
  context: LookContext,
  client: Pick<OimClient, 'images' | 'job' | 'nodeResults' | 'startStage' | 'upload'>,
  request: StageRequest,
  stop: AbortSignal,
): Promise<OnServer> {
  const groups = await client.images(undefined, stop);
  const group = await groupFor(context, groups, request);
  const job = await client.job(jobOf(group), stop);
  const work = askWork(context.tokens.slurm, 'ask', stop);
  const look = (now: OimJob): Promise<ProjectSituation> => lookAt(context, request, { group, job: now, work });
  const prepared = await prepareOimStage({
    client,
    groups,
    job,
    look,
    clock,
    settings: defaultFollowSettings,
    signal: stop,
  });
  const about = [
    vscode.l10n.t('Image group: {0} ({1})', plainLine(group.id), plainLine(group.status)),
    vscode.l10n.t('Job: {0} ({1})', plainLine(job.id), plainLine(job.state)),
    vscode.l10n.t('Stages: {0}', plainLine(job.stages.map(({ name, state }) => `${name} ${state}`).join(', '))),
  ];
  if (prepared.isFollowed) {
    const goesOn = vscode.l10n.t('The stage is already running: its progress is shown, nothing is sent.');
    return { prepared, notes: [goesOn], standing: about };
  }
  const { restart } = prepared;
  const said = (wanted: boolean): string[] =>
    prepared.notes.filter(({ message }) => standingTexts.has(message) === wanted).map((note) => wordsOf(note, say));
  const notes = [...said(false), ...(restart === undefined ? [] : planNotes(restart))];
  return { prepared, notes, standing: [...about, ...said(true)] };
}

async function groupFor(
  context: LookContext,
  groups: readonly ImageGroup[],
  request: StageRequest,
): Promise<ImageGroup> {
  if (request.imageGroup !== undefined) return groupNamed(groups, request.imageGroup);
  const { uri } = await requestFile(request.mapping, context.nodes);
  const deployed = await deployedImage(context, projectFolderOf(uri.fsPath));
  const group = await pickGroup(groups, { last: lastImageGroup(context.state), deployed });
  if (group === undefined)
    throw new DeclinedError(vscode.l10n.t('Nothing was run, because no image group was selected.'));
  return group;
}

/** Everything that determines what the stage receives, as it is on disk now. @throws UserError */
async function lookAt(
  { nodes }: LookContext,
  { stage, mapping }: StageRequest,
  known: Pick<ProjectSituation, 'group' | 'job' | 'work'>,
): Promise<ProjectSituation> {
  const { uri, text, version } = await requestFile(mapping, nodes);
  const project = projectFolderOf(uri.fsPath);
  return {
    stage,
    ...known,
    mapping: {
      file: uri.fsPath.replaceAll('\\', '/'),
      text,
      version: version ?? versionOf(uri.fsPath, new CsvDocument(text)),
    },
    failedNodesFile: failedNodesPlace,
    read: (place) => readProjectFile(path.resolve(project, place)),
    committed: () => committedText(uri),
    bootedHere: await bootedHere({ project, place: stateFolderOf(uri) }, known.group.id),
    uploads: projectUploads(project),
    isAfterOthers: false,
  };
}
