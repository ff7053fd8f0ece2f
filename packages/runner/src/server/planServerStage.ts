import { failedListOf, nodesIn, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { decideRestart, type DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { identityTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { changeNotices, noticePhrase } from '@omnia-buildstream/core/plan/planNotices';
import { laterList } from '@omnia-buildstream/core/plan/laterList';
import { omniaTargetsOf, targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { Obstacle, SentFile, StageNode, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { StageRequest } from '@omnia-buildstream/oim/api/oimClient';
import { newBuildTexts } from '@omnia-buildstream/oim/errors/advice';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { validateRequests } from '@omnia-buildstream/oim/stage/inputFiles';
import { orderProblems } from '@omnia-buildstream/oim/stage/stageOrder';
import { mappingObstacles } from '../mappingErrors.ts';
import { inputFilesBeside } from '../oim.ts';
import { identityOfPlan } from '../preparedStage.ts';
import { reachabilityNotes } from './reachability.ts';
import { imageNotes, imageObstacles } from './groupImages.ts';
import { hasRestarted, isFinished, type GivenMapping, type ServerSituation } from './situation.ts';
import { serverStageTexts as texts } from './texts.ts';

/** A stage that the management server is told to run. */
export interface ServerStagePlan extends StagePlan {
  readonly stage: StageName;
  readonly request: StageRequest;
  /** Deploy is COMPLETED with exactly these files: running it again changes nothing. */
  readonly isDone: boolean;
}

/** What a stage says of itself, before the parts that all of them have. */
interface Touches {
  readonly request: StageRequest;
  readonly restart?: DecidedRestart;
  readonly nodes: readonly StageNode[];
  readonly files: readonly SentFile[];
  readonly notes: readonly Phrase[];
  readonly obstacles: readonly Obstacle[];
}

type Planner = (situation: ServerSituation) => Promise<Touches>;

const planners: Readonly<Record<ServerSituation['stage'], Planner>> = {
  deploy: (situation) => withMapping(situation, deployTouches),
  restart: (situation) => withMapping(situation, restartTouches),
  validate: validateTouches,
};

/** Images are assigned and servers reset: do the BMCs respond? The tests of validate need none. */
const needsBmcs = { deploy: true, restart: true, validate: false } as const;

/** What becomes of each stage once its job has finished. */
const ofFinishedJob = {
  // With the same files it has nothing left to do.
  deploy: { isOnce: true, refuses: texts.finishedDeploy },
  restart: { isOnce: false, refuses: texts.finishedFiles },
  validate: { isOnce: false, refuses: texts.finishedFiles },
} as const;

/** What a stage of the management server is given and touches. Reads, and sends nothing. */
export async function planServerStage(situation: ServerSituation): Promise<ServerStagePlan> {
  const { stage, group, job } = situation;
  const touches = await planners[stage](situation);
  const { files, nodes, notes, obstacles } = touches;
  const { bmcs, nowMs } = situation;
  const responding = needsBmcs[stage] ? reachabilityNotes(bmcs, nodes, nowMs) : [];
  const plan = {
    restart: undefined,
    ...touches,
    notes: [...notes, ...responding, ...(await finishedNotes(situation, files))],
    obstacles: [...orderObstacles(situation), ...obstacles],
    isDone: ofFinishedJob[stage].isOnce && (await situation.uploads.isDeployed(job, files)),
    stage,
    backend: 'oim' as const,
    imageGroup: group.id,
    jobId: job.id,
  };
  return { ...plan, identity: identityOfPlan(plan, [JSON.stringify(plan.request)]) };
}

async function withMapping(
  situation: ServerSituation,
  touches: (situation: ServerSituation, mapping: GivenMapping) => Promise<Touches>,
): Promise<Touches> {
  const { mapping } = situation;
  if (mapping !== undefined) return touches(situation, mapping);
  return { request: requestOf(situation), nodes: [], files: [], notes: [], obstacles: [{ kind: 'no-mapping' }] };
}

async function deployTouches(situation: ServerSituation, mapping: GivenMapping): Promise<Touches> {
  const { text, version } = mapping;
  const { group, read } = situation;
  const files = await inputFilesBeside(mapping.file, read);
  const rows = targetsOf(text, version);
  const before = await situation.committed();
  const given = (await situation.uploads.mappings()).map((earlier) => targetsOf(earlier, version));
  const changes = changeNotices(before === undefined ? rows : targetsOf(before, version), rows, given);
  return {
    request: requestOf(situation),
    nodes: rows.map((target) => ({
      target,
      why: phrase(whyTexts.getsImageOfRole, { role: target.functionalGroup }),
    })),
    files,
    notes: [
      ...changes.map(noticePhrase),
      phrase(given.length === 0 ? texts.notDeployedFromHere : texts.comparedWith),
      uploads(files),
      phrase(texts.assigns),
      ...imageNotes(group, rows),
    ],
    obstacles: [...errorsIn(mapping), ...hiddenRows(mapping), ...imageObstacles(group, rows)],
  };
}

/** All input files go along, and the failed nodes with them, as Omnia's pipeline does it (omnia.md section 3.3). */
async function restartTouches(situation: ServerSituation, mapping: GivenMapping): Promise<Touches> {
  const { job, group, read, failedNodesFile, committed, bootedHere } = situation;
  const content = await read(failedNodesFile);
  const own = failedListOf(content === undefined ? undefined : decodeAsSent(content), job.id);
  const list = laterList(own, await situation.uploads.told(), job.id);
  const { text, version } = mapping;
  const before = await committed();
  const stageEnds = obstaclesOf(text, version);
  const decision = decideRestart({
    rows: omniaTargetsOf(text, version),
    obstacles: stageEnds,
    version,
    imageGroup: group.id,
    list,
    committed: before === undefined ? undefined : omniaTargetsOf(before, version),
    hasRestarted: hasRestarted(job),
    bootedElsewhere: bootedHere,
  });
  const inputs = await inputFilesBeside(mapping.file, read);
  const isSent = content !== undefined && nodesIn(own) !== undefined;
  const files = isSent ? [...inputs, { name: 'failed_nodes.json', content }] : inputs;
  const common = { request: requestOf(situation), files, notes: [uploads(files), ...listNotes(own, failedNodesFile)] };
  const ends = stageEnds.map((obstacle): Obstacle => ({ kind: 'stage-ends', obstacle }));
  const obstacles = [...errorsIn(mapping), ...ends];
  if (decision.plan === undefined) {
    const broken: Obstacle = { kind: 'failed-nodes', file: failedNodesFile, problems: decision.problems };
    return { ...common, nodes: [], obstacles: [...obstacles, broken] };
  }
  const boot = decision.plan.nodes.filter(({ action }) => action === 'boot');
  return {
    ...common,
    restart: decision,
    nodes: boot.map(({ target, reason }) => ({ target, why: phrase(reasonTexts[reason]) })),
    notes: [...common.notes, ...serverSays(decision, situation), phrase(texts.byForce), phrase(identityTexts.server)],
    obstacles,
  };
}

/** Its input files go along as well; without a mapping file here the tests are run with what the server has. */
async function validateTouches(situation: ServerSituation): Promise<Touches> {
  const { mapping, read } = situation;
  const request = requestOf(situation);
  const tests = phrase(texts.tests, { kind: testsOf(situation) });
  if (mapping === undefined) return { request, nodes: [], files: [], notes: [tests], obstacles: [] };
  const files = await inputFilesBeside(mapping.file, read);
  const rows = targetsOf(mapping.text, mapping.version);
  const nodes = rows.map((target): StageNode => ({ target, why: phrase(whyTexts.tested) }));
  return { request, nodes, files, notes: [uploads(files), tests], obstacles: errorsIn(mapping) };
}

function orderObstacles({ job, stage, isAfterOthers }: ServerSituation): Obstacle[] {
  const why = isAfterOthers ? [] : orderProblems(job, stage);
  return why.length === 0 ? [] : [{ kind: 'stage-order', why }];
}

/** What a finished job refuses, and what works, before anybody is asked. */
async function finishedNotes(situation: ServerSituation, files: readonly SentFile[]): Promise<Phrase[]> {
  if (files.length === 0 || !isFinished(situation)) return [];
  const { stage, job, group, uploads: log } = situation;
  const about = { state: job.state, status: group.status };
  const { isOnce, refuses } = ofFinishedJob[stage];
  if (!isOnce && (await log.isUploaded(job, files))) return [phrase(texts.finishedSame, about)];
  return [phrase(refuses, about), phrase(newBuildTexts.newBuild)];
}

/** With its byte order mark, on which Omnia's parser fails. */
function decodeAsSent(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}

function requestOf(situation: ServerSituation): StageRequest {
  switch (situation.stage) {
    case 'deploy':
      return { stage: 'deploy', imageGroupId: situation.group.id };
    case 'restart':
      return { stage: 'restart' };
    case 'validate':
      return { stage: 'validate', ...validateRequests[testsOf(situation)] };
  }
}

/** Which of Omnia's tests; without a mapping file those of 2.2. */
function testsOf({ mapping }: ServerSituation): keyof typeof validateRequests {
  return traitsOf(mapping?.version ?? '2.2').catalogRoles ? '2.3' : '2.2';
}

function uploads(files: readonly SentFile[]): Phrase {
  return phrase(texts.uploads, { files: files.map(({ name }) => name).join(', ') });
}

function listNotes(list: FailedList, file: string): Phrase[] {
  if (list.kind === 'other-job') return [phrase(texts.otherJob, { file, job: list.jobId })];
  if (list.kind === 'no-job') return [phrase(texts.noJob, { file })];
  return list.kind === 'missing' ? [phrase(texts.noList, { file })] : [];
}

/** Where nothing here tells what is booted, what the server itself says of its restart stage. */
function serverSays({ basis }: DecidedRestart, { job }: ServerSituation): Phrase[] {
  const stage = stageNamed(job, 'restart');
  if ((basis !== 'not-known' && basis !== 'list-only') || stage === undefined) return [];
  const { state, attempt } = stage;
  return [
    attempt === undefined ? phrase(texts.serverSays, { state }) : phrase(texts.serverSaysOfAttempt, { state, attempt }),
  ];
}

/** Rows that Omnia does not see, of which Slurm's would be drained. */
function hiddenRows({ text, version }: GivenMapping): readonly Obstacle[] {
  const open = obstaclesOf(text, version).filter(({ kind }) => kind === 'open-quote');
  return open.map((obstacle) => ({ kind: 'stage-ends', obstacle }));
}

function errorsIn({ text, version }: GivenMapping): readonly Obstacle[] {
  return mappingObstacles(new CsvDocument(text), version);
}
