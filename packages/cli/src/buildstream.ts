import { isUserError, type Problem, type UserError } from '@omnia-buildstream/core/errors/userError';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { plainText } from '@omnia-buildstream/core/text/foreignText';
import { currentNames } from './arguments.ts';
import { cannotRun } from './cannotRun.ts';
import { withoutColors } from './colors.ts';
import type { Program } from './command.ts';
import { commands } from './commands.ts';
import { exitCodes, exitCodeTable, type ExitCode } from './exitCodes.ts';
import type { Io } from './io.ts';
import type { Shown } from './shown.ts';
import { licensesText } from './licenses.ts';
import { versionLine } from './version.ts';

/** Runs `buildstream` with its arguments (without Node and script); resolves to the exit code, never rejects. */
export async function run(given: readonly string[], world: Io): Promise<ExitCode> {
  const { argv, io } = withoutColors(given, world);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    // The table of words is large, and most runs need none of it.
    const said = ownWords(error) ?? (await import('./errorWords.ts')).saidOf(error);
    // It may contain words of a server or BMC.
    const text =
      said === undefined
        ? `This is a mistake in buildstream. Report it: ${stackOf(error)}`
        : said.message.split('\n').map(plainText).join('\n');
    const hint = said?.kind === 'arguments' ? helpHint(argv) : '';
    // The output itself may be what failed.
    await io.stderr.write(`buildstream: ${text}\n${hint}`).catch(() => undefined);
    return exitCodes.cannotRun;
  }
}

/** The words for an error that was worded where it was found. */
function ownWords(error: unknown): Extract<Problem, { readonly message: string }> | undefined {
  return isUserError(error) && 'message' in error.problem ? error.problem : undefined;
}

async function dispatch([name, ...args]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) {
    await io.stderr.write(usage());
    return exitCodes.cannotRun;
  }
  if (name === '--version' || name === '-V') return print(versionLine, io);
  if (name === '--licenses') return print(await licensesText(), io);
  if (name === '--help' || name === '-h') return print(usage(), io);
  if (name === 'help') {
    const [topic] = args;
    return topic === undefined ? print(usage(), io) : dispatch([topic, '--help'], io);
  }
  const command = commands.get(name);
  if (command === undefined) throw unknown(name);
  const { names, hints } = currentNames(args, command.renamed ?? {});
  for (const hint of hints) await io.stderr.write(`hint: ${hint}\n`);
  const main = await command.load();
  return main(names, io, programOf(io));
}

/** For commands that describe the others: their help, as it is printed. */
function programOf(io: Io): Program {
  return {
    summaries: new Map([...commands].map(([name, { summary }]) => [name, summary])),
    help: async (path) => {
      let text = '';
      const stdout = {
        isTerminal: false,
        isClosed: false,
        write: (shown: Shown) => Promise.resolve(void (text += textOf(shown))),
      };
      await dispatch([...path, '--help'], Object.create(io, { stdout: { value: stdout } }) as Io);
      return text;
    },
  };
}

function textOf(shown: Shown): string {
  return typeof shown === 'string' ? shown : shown.text;
}

async function print(text: string, io: Io): Promise<ExitCode> {
  await io.stdout.write(text);
  return exitCodes.ok;
}

function unknown(name: string): UserError {
  const kind = name.startsWith('-') ? 'option' : 'command';
  const known = kind === 'option' ? ['--help', '--version', '--licenses'] : [...commands.keys(), 'help'];
  const [suggestion] = nearest(name, known, 1);
  const question = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  return cannotRun('arguments', `There is no ${kind} "${name}".${question}`);
}

function helpHint([name = '']: readonly string[]): string {
  return `See "buildstream ${commands.has(name) ? `${name} ` : ''}--help".\n`;
}

function usage(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const list = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: buildstream COMMAND [ARGUMENTS]',
    '',
    'Commands:',
    ...list,
    '',
    'Options:',
    '  --help, -h     this text; "buildstream COMMAND --help" explains a command',
    '  --version, -V  the version',
    '  --licenses     the libraries that are part of the command, and their licenses',
    '  --no-color     no colors, with every command; NO_COLOR and FORCE_COLOR count as well',
    '',
    'Exit codes:',
    ...exitCodeTable.map(({ code, meaning }) => `  ${String(code)}  ${meaning}`),
    '',
  ].join('\n');
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
