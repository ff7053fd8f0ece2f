import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { mcpHelp } from './help.ts';
import { parseMcpOptions } from './options.ts';

/** `buildstream mcp`: serves a client until the client ends it or disconnects. */
export const mcp: CommandMain = async (args, io) => {
  const options = parseMcpOptions(args);
  if (options.help) {
    await io.stdout.write(mcpHelp);
    return exitCodes.ok;
  }
  if (io.stdout.isTerminal) {
    throw cannotRun('arguments', 'A client starts "buildstream mcp" and speaks to it; a terminal cannot.');
  }
  const { serve } = await import('./serve.ts');
  return serve(options, io);
};
