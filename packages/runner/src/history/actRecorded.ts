import type { GitLabAct } from '@omnia-buildstream/core/history/gitlabActs';
import type { NodeInPlan, RunBegun, RunEnded } from '@omnia-buildstream/core/history/historyRecord';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { besideOthers } from '../others/besideOthers.ts';
import { Recording, type Recorded, type RecordingMachine } from './recording.ts';
import { mappingIn, nodesIn } from './runRecorded.ts';

/** What GitLab is asked to do, as it was shown to the user, who agreed. */
export interface AgreedAct extends Pick<RunBegun, 'server' | 'subject' | 'shown'> {
  readonly act: GitLabAct;
  readonly plan: StagePlan;
  /** Whether it affects nodes, or something that decides about them. */
  readonly touches: boolean;
  /** Nodes that are marked as booted. */
  readonly marked?: readonly { readonly bmcIp: string; readonly hostname: string }[];
}

/** How it ended; `summary` describes the result. */
export type ActEnd = Pick<RunEnded, 'outcome' | 'stopped' | 'summary'>;

/**
 * Sends something to GitLab once and records it: first before it is sent, so that a killed process leaves a record of
 * what was begun, and then with its end.
 * @param endOf returns the end for the result of `send`, or for the error that was thrown
 * @throws what `send` throws, or UserError if others are at work
 */
export async function actRecorded<End>(
  agreed: AgreedAct,
  recorded: Recorded,
  machine: RecordingMachine,
  send: () => Promise<End>,
  endOf: (how: { readonly end: End } | { readonly error: unknown }) => ActEnd,
): Promise<End> {
  const recording = new Recording((id, at) => begunOf(agreed, recorded, { id, at }), recorded, machine);
  recording.add();
  try {
    const { place, by, others } = recorded;
    const beginning = {
      touches: agreed.touches,
      name: agreed.act,
      plan: agreed.plan,
      project: place.within,
      user: by.user,
    };
    const end = await besideOthers(beginning, others, machine, send);
    recording.add({ type: 'end', at: recording.now(), ...endOf({ end }) });
    return end;
  } catch (error) {
    recording.add({ type: 'end', at: recording.now(), ...endOf({ error }) });
    throw error;
  } finally {
    await recording.close();
  }
}

function begunOf(
  { act, server, subject, shown, plan, marked = [] }: AgreedAct,
  { by, answers }: Pick<Recorded, 'by' | 'answers'>,
  { id, at }: { readonly id: string; readonly at: string },
): RunBegun {
  const { backend, imageGroup, jobId = '', identity, notes } = plan;
  const nodes = marked.map(({ bmcIp, hostname }): NodeInPlan => ({ bmcIp, hostname, action: 'leave', why: byHand }));
  const own = new Set(nodes.map(({ bmcIp }) => bmcIp));
  return {
    type: 'run',
    at,
    run: id,
    stage: act,
    backend,
    imageGroup,
    jobId,
    by,
    server,
    subject,
    mapping: mappingIn(plan),
    plan: identity,
    shown: [...shown, ...notes.map((note) => wordsOf(note)).filter((note) => !shown.includes(note))],
    answers,
    nodes: [...nodesIn(plan).filter(({ bmcIp }) => !own.has(bmcIp)), ...nodes],
  };
}

const byHand = 'marked as booted by hand';
