import { oneOf, parseArguments } from '../arguments.ts';
import type { Program, ProgramMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { bad } from '../optionValues.ts';
import { version } from '../version.ts';
import { bashCompletion } from './bash.ts';
import { commandTree, type CommandEntry } from './commandTree.ts';
import { fishCompletion } from './fish.ts';
import { manPage } from './manPage.ts';
import { powershellCompletion } from './powershell.ts';
import { zshCompletion } from './zsh.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
const completions: Readonly<Record<(typeof shells)[number], (entries: readonly CommandEntry[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

const options = { help: { type: 'boolean', short: 'h', default: false } } as const;

const completionHelp = `Usage: buildstream completion bash|zsh|fish|powershell

Prints a completion of commands, options and their values for a shell.

  bash        source <(buildstream completion bash)
  zsh         buildstream completion zsh > FOLDER/_buildstream, a folder of fpath
  fish        buildstream completion fish > ~/.config/fish/completions/buildstream.fish
  powershell  buildstream completion powershell | Out-String | Invoke-Expression

Options:
  --help, -h  this text
`;

const manHelp = `Usage: buildstream man

Prints the manual page: buildstream man > buildstream.1; man -l buildstream.1

Options:
  --help, -h  this text
`;

/** `buildstream completion SHELL`. */
export const completion: ProgramMain = async (args, io, program) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(completionHelp);
    return exitCodes.ok;
  }
  const [shell, ...more] = positionals;
  if (shell === undefined || more.length > 0) throw bad(`Name one shell: ${shells.join(', ')}.`);
  const write = completions[oneOf('completion', shell, shells)];
  await io.stdout.write({ as: 'file', text: write(await treeOf(program)) });
  return exitCodes.ok;
};

/** `buildstream man`. */
export const man: ProgramMain = async (args, io, program) => {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw bad('man takes no arguments.');
  const text = values.help ? manHelp : manPage(await treeOf(program), version);
  await io.stdout.write({ as: 'file', text });
  return exitCodes.ok;
};

function treeOf(program: Program): Promise<readonly CommandEntry[]> {
  return commandTree(program);
}
