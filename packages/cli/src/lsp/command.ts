import { fileURLToPath } from 'node:url';
import { languageFeatures } from '@omnia-buildstream/server/languageFeatures';
import { diskFiles } from '@omnia-buildstream/server/node/diskFiles';
import { machineClock } from '@omnia-buildstream/server/node/machineClock';
import { serveStreams } from '@omnia-buildstream/server/node/serveStreams';
import { parseArguments } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { committedText } from '../git.ts';
import { lspHelp } from './help.ts';

const options = {
  stdio: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `buildstream lsp`: serves an editor until the editor ends it or disconnects. */
export const lsp: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help === true) {
    await io.stdout.write(lspHelp);
    return exitCodes.ok;
  }
  if (positionals.length > 0) throw cannotRun('arguments', 'lsp takes no files: the editor names them.');
  if (io.stdout.isTerminal) {
    throw cannotRun('arguments', 'An editor starts "buildstream lsp" and speaks to it; a terminal cannot.');
  }
  const { input, output } = io.streams();
  // The editor may close its end at any moment.
  output.on('error', () => undefined);
  const serving = serveStreams(input, output, {
    features: languageFeatures,
    disk: diskFiles,
    clock: machineClock,
    committed: async (uri) => (uri.startsWith('file:') ? committedText(fileURLToPath(uri), io) : undefined),
  });
  try {
    return (await serving.ended) ? exitCodes.ok : exitCodes.errorsFound;
  } finally {
    serving.dispose();
    // It would keep the process alive.
    input.destroy();
  }
};
