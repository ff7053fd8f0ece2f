import path from 'node:path';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { WriteCalls } from '@omnia-buildstream/gitlab/api/writes';
import { usernameOf } from '@omnia-buildstream/gitlab/omnia/username';
import { thrownEnd, writeEnd, type Sent } from '@omnia-buildstream/gitlab/omnia/writeEnd';
import { actRecorded, type AgreedAct } from '@omnia-buildstream/runner/history/actRecorded';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { machine } from '../../stages/machine.ts';
import { readCall } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import type { ActionContext } from './actionContext.ts';
import type { Agreed } from './askAction.ts';
import { otherPlaces } from './othersLines.ts';

/** An action and its subject. */
export interface Act extends Pick<AgreedAct, 'act' | 'subject' | 'touches' | 'marked'> {
  /** Number of the pipeline that is acted on, which does not count as another one. */
  readonly own: number | undefined;
}

const readTimeoutMs = 30_000;
const writeTimeoutMs = 60_000;

/**
 * The only way to send a write to Omnia's project after the user has agreed to it: looks for others once more, sends
 * the write once, and records the outcome in the history of the project.
 * @throws UserError, GitLabError
 */
export async function sendAct<End extends Sent>(
  context: ActionContext,
  open: OpenProject,
  prepared: StagePlan & { readonly run: (calls: WriteCalls) => Promise<End> },
  { act, subject, touches, marked = [], own }: Act,
  { question, lines, answer }: Agreed,
): Promise<End> {
  const { log, version, project } = context.history;
  // Without an open folder, the history is kept next to the folder in which runs register themselves.
  const folder = (await project()) ?? path.dirname(machine.runsFolder());
  const send = (): Promise<End> => prepared.run(writeCalls());
  const others = {
    places: await otherPlaces(context, open, own),
    unseen: (error: unknown) => {
      log.warn(`Other runs on this computer cannot see this one: ${String(error)}`);
    },
  };
  const agreed = {
    act,
    subject,
    touches,
    marked,
    plan: prepared,
    server: open.project.webUrl ?? open.project.path,
    shown: lines.flatMap((paragraph) => [paragraph].flat()),
  };
  const failed = (error: unknown): void => {
    log.warn(`The history of this run could not be written completely: ${String(error)}`);
  };
  const by = authorOf('editor', version, await usernameOf(open.client, readCall()));
  const recorded = { place: historyOf(folder), by, answers: [{ question, answer }], others, failed };
  return actRecorded(agreed, recorded, machine, send, (how) =>
    'end' in how ? writeEnd(how.end) : thrownEnd(how.error),
  );
}

/** Leaves time for the check that follows a write whose response was lost. */
function writeCalls(): WriteCalls {
  return {
    writing: { signal: AbortSignal.timeout(writeTimeoutMs) },
    reading: { signal: AbortSignal.timeout(writeTimeoutMs + readTimeoutMs) },
  };
}
