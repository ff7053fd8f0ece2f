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

/** What is done to what. */
export interface Act extends Pick<AgreedAct, 'act' | 'subject' | 'touches' | 'marked'> {
  /** Number of the pipeline that it is done to, which is no other. */
  readonly own: number | undefined;
}

const readTimeoutMs = 30_000;
const writeTimeoutMs = 60_000;

/**
 * The one way in which a write to Omnia's project is sent, after somebody has agreed to it: others are looked for once more,
 * it is sent once, and what became of it is in the history of the project. @throws UserError, GitLabError
 */
export async function sendAct<End extends Sent>(
  context: ActionContext,
  open: OpenProject,
  prepared: StagePlan & { readonly run: (calls: WriteCalls) => Promise<End> },
  { act, subject, touches, marked = [], own }: Act,
  { question, lines, answer }: Agreed,
): Promise<End> {
  const { log, version, project } = context.history;
  // Without a folder that is open, beside where runs register themselves.
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

/** The look after a write whose answer was lost has time of its own. */
function writeCalls(): WriteCalls {
  return {
    writing: { signal: AbortSignal.timeout(writeTimeoutMs) },
    reading: { signal: AbortSignal.timeout(writeTimeoutMs + readTimeoutMs) },
  };
}
