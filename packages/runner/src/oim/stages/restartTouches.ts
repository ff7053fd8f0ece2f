import { decideRestart, type DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { failedListOf, nodesIn, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import { laterList } from '@omnia-buildstream/core/plan/laterList';
import { omniaControlNotes } from '@omnia-buildstream/core/plan/control/omniaControl';
import { omniaJobNotes } from '@omnia-buildstream/core/plan/jobs/jobNotes';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { identityTexts, reasonTexts, rolloutTexts } from '@omnia-buildstream/core/plan/planTexts';
import { pxeSwitches, switchObstacles } from '@omnia-buildstream/core/plan/pxeSwitches';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';
import type { Obstacle, SentFile } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { inputFilesBeside } from '../oimAccess.ts';
import { hasRestarted, type GivenMapping, type OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';
import { errorsIn, requestOf, uploads, type Touches } from './touches.ts';

/** All input files and the failed nodes list are uploaded, as Omnia's pipeline does (omnia.md section 3.3). */
export async function restartTouches(situation: OimSituation, mapping: GivenMapping): Promise<Touches> {
  const { job, group, read, failedNodesFile, committed, bootedHere } = situation;
  const content = await read(failedNodesFile);
  const own = failedListOf(content === undefined ? undefined : decodeAsSent(content), job.id);
  const list = laterList(own, await situation.uploads.told(), job.id);
  const { text, version } = mapping;
  const before = await committed();
  const inputs = await inputFilesBeside(mapping.file, read);
  const switches = pxeSwitches((name) => textAmong(inputs, name), version);
  const stageEnds = obstaclesOf(text, version);
  // It is unknown whether the last request was accepted, and the job does not show it.
  const mayBeQueued = (await situation.uploads.openOrder(job))?.stage === situation.stage;
  const decision = decideRestart({
    rows: omniaTargetsOf(text, version),
    obstacles: stageEnds,
    switches,
    version,
    imageGroup: group.id,
    list,
    committed: before === undefined ? undefined : omniaTargetsOf(before, version),
    hasRestarted: mayBeQueued ? undefined : hasRestarted(job),
    bootedElsewhere: bootedHere,
  });
  const isSent = content !== undefined && nodesIn(own) !== undefined;
  const files = isSent ? [...inputs, { name: 'failed_nodes.json', content }] : inputs;
  const common = { request: requestOf(situation), files, notes: [uploads(files), ...listNotes(own, failedNodesFile)] };
  // An open quote is an obstacle to every stage, so it is among the errors of the mapping file.
  const ofRestart = [...stageEnds, ...switchObstacles(switches)].filter(({ kind }) => kind !== 'open-quote');
  const ends = ofRestart.map((obstacle): Obstacle => ({ kind: 'stage-ends', obstacle }));
  const obstacles = [...errorsIn(mapping), ...ends];
  if (decision.plan === undefined) {
    const broken: Obstacle = { kind: 'failed-nodes', file: failedNodesFile, problems: decision.problems };
    return { ...common, nodes: [], obstacles: [...obstacles, broken] };
  }
  const boot = decision.plan.nodes.filter(({ action }) => action === 'boot');
  const targets = boot.map(({ target }) => target);
  return {
    ...common,
    restart: decision,
    nodes: boot.map(({ target, reason }) => ({ target, why: phrase(reasonTexts[reason]) })),
    notes: [
      ...common.notes,
      ...oimSays(decision, situation),
      ...(switches?.config?.forceRestart === false ? [] : [phrase(texts.byForce)]),
      phrase(identityTexts.byOim),
      ...(boot.length < 2 ? [] : [phrase(rolloutTexts.notHere)]),
      ...omniaControlNotes(decision.plan),
      ...omniaJobNotes(targets, await situation.work(targets)),
    ],
    obstacles,
  };
}

/** The text as Omnia's YAML reader decodes it, without the byte order mark. */
function textAmong(files: readonly SentFile[], wanted: string): string | undefined {
  const content = files.find(({ name }) => name === wanted)?.content;
  return content === undefined ? undefined : new TextDecoder().decode(content);
}

/** The text with its byte order mark, on which Omnia's parser fails. */
function decodeAsSent(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}

function listNotes(list: FailedList, file: string): Phrase[] {
  if (list.kind === 'other-job') return [phrase(texts.otherJob, { file, job: list.jobId })];
  if (list.kind === 'no-job') return [phrase(texts.noJob, { file })];
  return list.kind === 'missing' ? [phrase(texts.noList, { file })] : [];
}

/** What the server reports about its restart stage, if nothing here shows which nodes are booted. */
function oimSays({ basis }: DecidedRestart, { job }: OimSituation): Phrase[] {
  const stage = stageNamed(job, 'restart');
  if ((basis !== 'not-known' && basis !== 'list-only') || stage === undefined) return [];
  const { state, attempt } = stage;
  return [
    attempt === undefined ? phrase(texts.oimSays, { state }) : phrase(texts.oimSaysOfAttempt, { state, attempt }),
  ];
}
