import type { HistoryRecord, RunBegun, RunEnded } from '@omnia-buildstream/core/history/historyRecord';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { recoveryTexts, type RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { recoverAll, type RecoveryOutcome, type RecoveryWorld } from '../recover.ts';
import { Recording, type Recorded, type RecordingMachine } from './recording.ts';
import { mappingRecord } from './runRecorded.ts';

export interface RecordedRecovery extends Omit<Recorded, 'others'> {
  /** Name as given by the user, and text. */
  readonly mapping: { readonly file: string; readonly text: string };
}

/** An act at BMCs to which the user agreed. */
export interface AgreedRecovery {
  readonly act: RecoveryAct;
  readonly targets: readonly Target[];
}

/**
 * Performs one act at several BMCs and keeps a history: it is begun before anything is sent, and records each restart
 * of a server before it is requested and the outcome of each BMC. Rejects only with the signal's reason.
 */
export async function recoverRecorded(
  { act, targets }: AgreedRecovery,
  world: RecoveryWorld,
  recorded: RecordedRecovery,
  machine: RecordingMachine,
): Promise<readonly RecoveryOutcome[]> {
  const recording = new Recording((id, at) => begunOf({ act, targets }, recorded, { id, at }), recorded, machine);
  const outcomes: RecoveryOutcome[] = [];
  const onOrder = ({ bmcIp }: Target): void => {
    if (act === 'leave-lifecycle') recording.add({ type: 'reset', at: recording.now(), bmcIp, kind: 'ForceRestart' });
  };
  recording.add();
  try {
    await recoverAll(targets, act, { ...world, onOrder }, (outcome) => {
      outcomes.push(outcome);
      recording.add(recordOf(outcome, recording.now()));
    });
    recording.add(endOf(outcomes, recording.now()));
    return outcomes;
  } catch (error) {
    recording.add({ type: 'end', at: recording.now(), outcome: 'unknown', stopped: 'at-once', summary: '' });
    throw error;
  } finally {
    await recording.close();
  }
}

function recordOf(outcome: RecoveryOutcome, at: string): HistoryRecord {
  const { bmcIp, hostname } = outcome.target;
  const isDone = 'isDone' in outcome && outcome.isDone;
  const message = wordsOf('error' in outcome ? outcome.error.said : outcome.said);
  return { type: 'node', at, bmcIp, hostname, status: isDone ? 'success' : 'failed', message, advice: '' };
}

function endOf(outcomes: readonly RecoveryOutcome[], at: string): RunEnded {
  const isGood = outcomes.every((outcome) => 'isDone' in outcome && outcome.isDone);
  return { type: 'end', at, outcome: isGood ? 'succeeded' : 'failed', stopped: '', summary: '' };
}

function begunOf(
  { act, targets }: AgreedRecovery,
  { by, answers, mapping }: RecordedRecovery,
  { id, at }: { readonly id: string; readonly at: string },
): RunBegun {
  const { title, touches } = recoveryTexts[act];
  return {
    type: 'run',
    at,
    run: id,
    stage: act,
    backend: 'bmc',
    imageGroup: '',
    jobId: '',
    by,
    server: '',
    subject: '',
    mapping: mappingRecord(mapping),
    plan: '',
    shown: [touches],
    answers,
    nodes: targets.map(({ bmcIp, hostname }) => ({ bmcIp, hostname, action: 'run', why: title })),
  };
}
