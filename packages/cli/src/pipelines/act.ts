import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { WriteCalls } from '@omnia-buildstream/gitlab/api/writes';
import { usernameOf } from '@omnia-buildstream/gitlab/omnia/username';
import { thrownEnd, writeEnd, type Sent } from '@omnia-buildstream/gitlab/omnia/writeEnd';
import { actRecorded, type AgreedAct } from '@omnia-buildstream/runner/history/actRecorded';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import type { OthersWatch } from '@omnia-buildstream/runner/others/besideOthers';
import type { ExitCode } from '../exitCodes.ts';
import { othersText, refuseSeen, seeOthers, watchOthers } from '../run/others.ts';
import { answered, historyFailed } from '../run/recorded.ts';
import { version } from '../version.ts';
import { agree } from './agree.ts';
import type { ActionContext } from './context.ts';
import { gitlabOf } from './othersPlace.ts';

/** A write to Omnia's project, as it is shown. */
interface ShownAct extends Pick<AgreedAct, 'act' | 'subject' | 'touches' | 'marked'> {
  /** What to read before the question. */
  readonly text: string;
  readonly question: string;
  /** Said after a no. */
  readonly nothing: string;
  /** Number of the pipeline that it is done to, which does not count as somebody else's. */
  readonly own: number | undefined;
}

/** Planned, and sent only by `sendAct`. */
interface PreparedAct<End> extends StagePlan {
  readonly run: (calls: WriteCalls) => Promise<End>;
}

/**
 * Shows a write, asks, and sends it once, with a record of it in the history of the folder that the command is started in.
 * Resolves to the exit code of a command that ends before anything was sent: a dry run, or a no.
 * @throws UserError when others are at work, when another plan was approved, or when nobody can be asked; GitLabError
 */
export async function askAndSend<End extends Sent>(
  context: ActionContext,
  prepared: PreparedAct<End>,
  { text, question, nothing, own, ...shown }: ShownAct,
): Promise<{ readonly end: End } | { readonly code: ExitCode }> {
  const { io, options } = context;
  const named = { api: options.api, ca: options.apiCa };
  const others = await watchOthers(io, { gitlab: gitlabOf(context, own), named });
  const seen = shown.touches ? await seeOthers(prepared, others, io) : [];
  const all = text + othersText(seen);
  await io.stderr.write(all);
  if (!options.approval.dryRun) refuseSeen(seen);
  const code = await agree(context, { question, nothing, plan: prepared, marked: shown.marked });
  if (code !== undefined) return { code };
  const answers = answered(question, options.yes);
  return { end: await sendAct(context, prepared, { ...shown, shown: linesOf(all), answers, others }) };
}

async function sendAct<End extends Sent>(
  { client, project, io, call }: ActionContext,
  prepared: PreparedAct<End>,
  {
    answers,
    others,
    ...act
  }: Omit<AgreedAct, 'plan' | 'server'> & {
    readonly answers: ReturnType<typeof answered>;
    readonly others: OthersWatch;
  },
): Promise<End> {
  const by = authorOf('command line', version, await usernameOf(client, call));
  const agreed = { ...act, plan: prepared, server: project.webUrl ?? project.path };
  const recorded = { place: historyOf(io.cwd), by, answers, others, failed: historyFailed(io) };
  return actRecorded(
    agreed,
    recorded,
    io,
    () => prepared.run({ writing: call, reading: call }),
    (how) => ('end' in how ? writeEnd(how.end) : thrownEnd(how.error)),
  );
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
