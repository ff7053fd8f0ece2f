import { createHash } from 'node:crypto';
import type {
  Answer,
  Author,
  HistoryRecord,
  NodeInPlan,
  RunBegun,
} from '@omnia-buildstream/core/history/historyRecord';
import { historyName } from '@omnia-buildstream/core/history/runNames';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { PreparedRun, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HistoryFile } from '@omnia-buildstream/engine/history/historyFile';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Machine } from '../machine.ts';
import type { StageEvent } from '../stageEvent.ts';
import { recordsOf } from './eventRecords.ts';
import type { HistoryPlace } from './historyPlace.ts';

export interface Recorded {
  readonly place: HistoryPlace;
  readonly by: Author;
  /** As it was named, and its text. */
  readonly mapping: { readonly file: string; readonly text: string } | undefined;
  readonly answers: readonly Answer[];
  /** Told once when not all of the history could be written. */
  readonly failed: (error: unknown) => void;
}

/**
 * A disk that does not answer holds the end of a run up for no longer. By the clock of the machine, because the disk is
 * real. Node keeps a process while one of its operations on a disk hangs, so the command line is done with everything then,
 * and ends when the disk answers.
 */
const mostMs = 5_000;

/**
 * Carries a prepared stage out and keeps its history. The history begins with the first event: a run that was refused
 * before anything was touched has none. Whatever becomes of the history, the run is the same.
 */
export async function runRecorded<Run extends { readonly emit: (event: never) => void }, End>(
  prepared: Pick<PreparedRun<Run, End>, 'run' | 'stage'> & StagePlan,
  run: Run,
  recorded: Recorded,
  { clock, fs, newId }: Pick<Machine, 'clock' | 'fs' | 'newId'>,
): Promise<End> {
  const id = newId();
  let file: HistoryFile | undefined;
  const at = (): string => new Date(clock.now()).toISOString();
  const add = (...records: readonly HistoryRecord[]): void => {
    if (file === undefined) {
      const begun = begunOf(prepared, recorded, { id, at: at() });
      const { folder, within } = recorded.place;
      file = new HistoryFile(new OwnFolder(folder, fs, within), historyName(begun.at, begun.stage, id));
      file.add(begun);
    }
    for (const record of records) file.add(record);
  };
  const emit = (event: StageEvent): void => {
    add(...recordsOf(event));
    (run.emit as (event: StageEvent) => void)(event);
  };
  try {
    return await prepared.run({ ...run, emit });
  } catch (error) {
    const summary = error instanceof Error ? error.message : String(error);
    if (file !== undefined) add({ type: 'end', at: at(), outcome: 'failed', stopped: summary, summary: '' });
    throw error;
  } finally {
    await closeIt(file, recorded.failed);
  }
}

async function closeIt(file: HistoryFile | undefined, failed: Recorded['failed']): Promise<void> {
  if (file === undefined) return;
  try {
    await withDeadline(systemClock, mostMs, new AbortController().signal, () => file.close());
    if (file.failure !== undefined) failed(file.failure);
  } catch (error) {
    // Only the closing is late: nothing is missing.
    if (!file.isWhole) failed(error);
  }
}

function begunOf(
  plan: StagePlan & Pick<RunBegun, 'stage'>,
  { by, mapping, answers }: Recorded,
  { id, at }: { readonly id: string; readonly at: string },
): RunBegun {
  const { stage, backend, imageGroup, jobId = '', identity } = plan;
  const given = mapping ?? sentMapping(plan);
  return {
    type: 'run',
    at,
    run: id,
    stage,
    backend,
    imageGroup,
    jobId,
    by,
    mapping: given === undefined ? undefined : { file: given.file, digest: digestOf(given.text) },
    plan: identity,
    answers,
    nodes: nodesIn(plan),
  };
}

/** The mapping file among what a server is sent. */
function sentMapping({ files }: StagePlan): { readonly file: string; readonly text: Uint8Array } | undefined {
  const sent = files.find(({ name }) => name.endsWith('.csv'));
  return sent === undefined ? undefined : { file: sent.name, text: sent.content };
}

function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Those that the stage touches, then those that it leaves alone. */
function nodesIn({ nodes, restart }: StagePlan): NodeInPlan[] {
  const touched = nodes.map(({ target: { bmcIp, hostname }, why }): NodeInPlan => {
    return { bmcIp, hostname, action: 'run', why: wordsOf(why) };
  });
  const own = new Set(touched.map(({ bmcIp }) => bmcIp));
  const others = (restart?.plan.nodes ?? []).filter(({ target }) => !own.has(target.bmcIp));
  return [
    ...touched,
    ...others.map(({ target: { bmcIp, hostname }, action, reason }): NodeInPlan => {
      const why = wordsOf({ message: reasonTexts[reason], params: {} });
      return { bmcIp, hostname, action: 'leave', why: action === 'boot' ? `not selected; ${why}` : why };
    }),
  ];
}
