import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { listenForInterrupts } from '../run/interrupts.ts';
import { commit } from './commit.ts';
import { findTarget, open, type Target } from './connection.ts';
import type { ActionContext } from './context.ts';
import { explain } from './explain.ts';
import { pipelinesHelp } from './help.ts';
import { listedGroups } from './imageGroups.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { mark } from './mark.ts';
import { note } from './note.ts';
import { parseOptions, type Action } from './options.ts';
import { play } from './play.ts';
import { retry } from './retry.ts';
import { show } from './show.ts';
import { start } from './start.ts';

const handlers: Readonly<Record<Action, (context: ActionContext) => Promise<ExitCode>>> = {
  list,
  show,
  start,
  play,
  retry,
  mark,
  commit,
  log,
  note,
};

/** `buildstream pipelines`: GitLab's pipelines from the command line. */
export const pipelines: CommandMain = async (args, io) => {
  const options = parseOptions(args);
  if (options.help || options.action === undefined) {
    await io.stdout.write(pipelinesHelp);
    return exitCodes.ok;
  }
  const target = await findTarget(options, io);
  const interrupts = listenForInterrupts(io);
  const call = { signal: AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]) };
  try {
    const connection = await open(target, io, call);
    try {
      let listed: Promise<ListedGroups> | undefined;
      // Once: signing in holds the API up for more than a second.
      const imageGroups = () => (listed ??= listedGroups({ options, io, call }));
      return await handlers[options.action]({ ...connection, options, io, call, imageGroups });
    } finally {
      await connection.client.close();
    }
  } catch (error) {
    return await report(error, target, io, call.signal);
  } finally {
    interrupts.dispose();
  }
};

async function report(error: unknown, target: Target, io: Io, signal: AbortSignal): Promise<ExitCode> {
  if (signal.aborted && !(isGitLabError(error) && error.isOutcomeUnknown)) {
    throw cannotRun('output', 'Stopped. Nothing was canceled: the pipeline continues on the server.');
  }
  if (error instanceof NotUtf8Error) throw cannotRun('file', `${error.message}. Save it as UTF-8 and commit it first.`);
  if (isUserError(error) || !isGitLabError(error)) throw error;
  const hint = await explain(error, target, io);
  await io.stderr.write(`buildstream: ${capital(error.message)}.\n${hint === '' ? '' : `${hint}\n`}`);
  return error.isOutcomeUnknown ? exitCodes.notAllDone : exitCodes.cannotRun;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
