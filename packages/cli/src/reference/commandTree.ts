import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import type { Program } from '../command.ts';
import { readHelp, type HelpOption, type HelpText } from './helpText.ts';

/** A command, or one of its own commands, with what its `--help` says. */
export interface CommandEntry {
  /** `['run', 'restart']`; empty: `buildstream` itself. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly help: HelpText;
  readonly options: readonly HelpOption[];
  /** The words that may follow. */
  readonly words: readonly { readonly name: string; readonly summary: string }[];
}

/** Commands that explain their own commands one by one, and those that are in no usage line. */
const nested: Readonly<Record<string, readonly string[]>> = {
  run: ['deploy', 'restart', 'validate', 'verify', 'all'],
  lab: ['cluster', 'nodes', 'repair', 'boot'],
};

/** The stages that the management server runs as well. */
const stagesOfOim: readonly string[] = ['deploy', 'restart', 'validate', 'all'];

/** Every command with its options, read from what `--help` prints. */
export async function commandTree(program: Program): Promise<readonly CommandEntry[]> {
  const root = await entryOf([], 'deploy and recover the nodes of an Omnia cluster', program);
  const names = [...program.summaries];
  const entries: CommandEntry[] = [{ ...root, words: names.map(([name, summary]) => ({ name, summary })) }];
  for (const [name, summary] of names) {
    const entry = await entryOf([name], summary, program);
    const own = nested[name] ?? wordsIn(entry.help, name);
    entries.push({ ...entry, words: own.map((word) => ({ name: word, summary: meaningOf(entry.help, word) })) });
    for (const word of nested[name] ?? []) {
      entries.push(await entryOf([name, word], meaningOf(entry.help, word), program));
    }
  }
  return entries;
}

async function entryOf(path: readonly string[], summary: string, program: Program): Promise<CommandEntry> {
  const help = readHelp(await program.help(path));
  const known = new Set(help.options.map(({ name }) => name));
  // What the management server takes is an option of the same command.
  const [command, stage = ''] = path;
  const isOfOim = command === 'run' && stagesOfOim.includes(stage);
  const forOim = isOfOim ? readHelp(await program.help([...path, '--backend', 'oim'])).options : [];
  const options = [
    ...help.options,
    ...forOim.filter(({ name }) => !known.has(name)),
    ...(isOfOim ? [{ name: '--backend', short: undefined, value: 'WHO', text: 'direct (default) or oim' }] : []),
    { name: '--no-color', short: undefined, value: undefined, text: 'no colors' },
  ];
  const byName = new Map(options.map((option) => [option.name, option]));
  return { path, summary, help, options: [...byName.values()], words: [] };
}

/** `buildstream failed list …` names the word `list`. */
function wordsIn({ usage }: HelpText, name: string): readonly string[] {
  const words = usage.flatMap((line) => {
    const [program, command, word = ''] = line.split(' ');
    const alternatives = word.split('|');
    return program === 'buildstream' && command === name && alternatives.every((one) => /^[a-z]+$/.test(one))
      ? alternatives
      : [];
  });
  return [...new Set(words)];
}

/** `list   the nodes …` below the usage explains the word `list`. */
function meaningOf({ parts }: HelpText, word: string): string {
  for (const part of parts) {
    if (part.kind === 'options') continue;
    const line = part.lines.find((one) => one.trimStart().startsWith(`${word} `));
    if (line !== undefined) return line.trim().slice(word.length).trim();
  }
  return '';
}

/** What the value of an option may be. */
export type Values =
  | { readonly kind: 'none' | 'file' | 'folder' | 'any' }
  | { readonly kind: 'choices'; readonly choices: readonly string[] };

const formats = ['text', 'json', 'ndjson', 'sarif', 'codequality', 'junit', 'markdown', 'md', 'inventory'];
const choicesOf: Readonly<Record<string, readonly string[]>> = {
  '--omnia': omniaVersions,
  '--to': omniaVersions,
  '--backend': ['direct', 'oim'],
  '--boot': ['pxe', 'uefi-http'],
  '--identity': ['require', 'warn'],
  '--context': ['auto', 'explicit'],
  '--omnia-share': ['nfs', 'local'],
  '--as': ['success', 'failed'],
  '--type': ['deploy', 'build', 'cleanup', 'cadence'],
};

export function valuesOf({ name, value, text }: HelpOption): Values {
  if (value === undefined) return { kind: 'none' };
  const choices = name === '--format' ? formats.filter((one) => text.split(/\W+/).includes(one)) : choicesOf[name];
  if (choices !== undefined && choices.length > 0) return { kind: 'choices', choices };
  if (/^FILES?$/.test(value)) return { kind: 'file' };
  return { kind: ['FOLDER', 'PLACE'].includes(value) ? 'folder' : 'any' };
}
