import { createHash } from 'node:crypto';
import type { NodeInPlan, RunBegun } from '@omnia-buildstream/core/history/historyRecord';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { PreparedRun, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { StageEvent } from '../stageEvent.ts';
import { besideOthers } from '../others/besideOthers.ts';
import { disturbs } from '../others/disturbs.ts';
import { recordsOf } from './eventRecords.ts';
import { Recording, type Recorded, type RecordingMachine } from './recording.ts';
import { stepRecords } from './stepRecords.ts';

/** The history of a stage. */
export interface RecordedStage extends Recorded {
  /** Name as given by the user, and text; undefined: the mapping file among the files that are sent. */
  readonly mapping: { readonly file: string; readonly text: string } | undefined;
  /** The server that runs the stage; absent if it is run from here. */
  readonly server?: string | undefined;
}

/**
 * Runs a prepared stage and keeps a history, which begins with the first event: a run that was refused before anything
 * was touched has none.
 */
export async function runRecorded<Run extends { readonly emit: (event: never) => void }, End>(
  prepared: Pick<PreparedRun<Run, End>, 'run' | 'stage' | 'asks'> & StagePlan,
  run: Run,
  recorded: RecordedStage,
  machine: RecordingMachine,
): Promise<End> {
  const recording = new Recording((id, at) => begunOf(prepared, recorded, { id, at }), recorded, machine);
  const steps = stepRecords();
  const emit = (event: StageEvent): void => {
    recording.add(...steps(event), ...recordsOf(event));
    (run.emit as (event: StageEvent) => void)(event);
  };
  try {
    const { place, by, others } = recorded;
    // A run that only follows a stage, or only writes its end, begins nothing.
    const touches = prepared.asks && disturbs[prepared.stage];
    const beginning = { touches, name: prepared.stage, plan: prepared, project: place.within, user: by.user };
    return await besideOthers(beginning, others, machine, () => prepared.run({ ...run, emit, runId: recording.id }));
  } catch (error) {
    const stopped = error instanceof Error ? error.message : String(error);
    if (recording.hasBegun) {
      recording.add({ type: 'end', at: recording.now(), outcome: 'failed', stopped, summary: '' });
    }
    throw error;
  } finally {
    await recording.close();
  }
}

function begunOf(
  plan: StagePlan & Pick<RunBegun, 'stage'>,
  { by, mapping, answers, server = '' }: RecordedStage,
  { id, at }: { readonly id: string; readonly at: string },
): RunBegun {
  const { stage, backend, imageGroup, jobId = '', identity, notes } = plan;
  return {
    type: 'run',
    at,
    run: id,
    stage,
    backend,
    imageGroup,
    jobId,
    by,
    server,
    subject: '',
    mapping: mapping === undefined ? mappingIn(plan) : mappingRecord(mapping),
    plan: identity,
    shown: notes.map((note) => wordsOf(note)),
    answers,
    nodes: nodesIn(plan),
  };
}

export function mappingRecord({ file, text }: { readonly file: string; readonly text: string }): RunBegun['mapping'] {
  return { file, digest: digestOf(text) };
}

/** The mapping file among the files that are sent to a server. */
export function mappingIn({ files }: Pick<StagePlan, 'files'>): RunBegun['mapping'] {
  const sent = files.find(({ name }) => name.endsWith('.csv'));
  return sent === undefined ? undefined : { file: sent.name, digest: digestOf(sent.content) };
}

function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The nodes that the stage touches, then those that it leaves alone. */
export function nodesIn({ nodes, restart, leftOut = [] }: StagePlan): NodeInPlan[] {
  const touched = nodes.map(({ target: { bmcIp, hostname }, why }): NodeInPlan => {
    return { bmcIp, hostname, action: 'run', why: wordsOf(why) };
  });
  const left = leftOut.map(({ target: { bmcIp, hostname }, why }): NodeInPlan => {
    return { bmcIp, hostname, action: 'leave', why: wordsOf(why) };
  });
  const own = new Set([...touched, ...left].map(({ bmcIp }) => bmcIp));
  const others = (restart?.plan.nodes ?? []).filter(({ target }) => !own.has(target.bmcIp));
  return [
    ...touched,
    ...left,
    ...others.map(({ target: { bmcIp, hostname }, action, reason }): NodeInPlan => {
      const why = wordsOf({ message: reasonTexts[reason], params: {} });
      return { bmcIp, hostname, action: 'leave', why: action === 'boot' ? `not selected; ${why}` : why };
    }),
  ];
}
