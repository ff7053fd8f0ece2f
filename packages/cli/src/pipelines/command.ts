import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { CannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../commands.ts';
import { exitCodes, type Io } from '../io.ts';
import { findTarget, open, type Target } from './connection.ts';
import { outcomeUnknown, type ActionContext } from './context.ts';
import { explain } from './explain.ts';
import { pipelinesHelp } from './help.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { mark } from './mark.ts';
import { parseOptions, type Action } from './options.ts';
import { play } from './play.ts';
import { retry } from './retry.ts';
import { show } from './show.ts';
import { start } from './start.ts';
import { nodeWorld, type PipelinesWorld } from './world.ts';

const handlers: Readonly<Record<Action, (context: ActionContext) => Promise<number>>> = {
  list,
  show,
  start,
  play,
  retry,
  mark,
  log,
};

/** `buildstream pipelines`: GitLab's pipelines from the command line. */
export const pipelines: CommandMain = (args, io) => runPipelines(args, io, nodeWorld());

/** The same with its surroundings as a parameter. */
export async function runPipelines(args: readonly string[], io: Io, world: PipelinesWorld): Promise<number> {
  const options = parseOptions(args);
  if (options.help || options.action === undefined) {
    await io.stdout.write(pipelinesHelp);
    return exitCodes.ok;
  }
  const target = await findTarget(options, io, world);
  try {
    const connection = await open(target, io, world);
    try {
      return await handlers[options.action]({ ...connection, options, io, world, call: { signal: world.signal } });
    } finally {
      await connection.client.close();
    }
  } catch (error) {
    return await report(error, target, io);
  }
}

async function report(error: unknown, target: Target, io: Io): Promise<number> {
  if (error instanceof CannotRun || !isGitLabError(error)) throw error;
  const hint = await explain(error, target, io);
  await io.stderr.write(`buildstream: ${capital(error.message)}.\n${hint === '' ? '' : `${hint}\n`}`);
  return error.isOutcomeUnknown ? outcomeUnknown : exitCodes.cannotRun;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
