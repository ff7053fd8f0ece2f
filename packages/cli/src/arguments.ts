import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { cannotRun } from './cannotRun.ts';

/** Reads arguments strictly. @throws UserError with Node's sentence, or a better one for a misspelled option */
export function parseArguments<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  const config = { args: [...args], options, allowPositionals: true, strict: true } as const;
  const usual = readUsual(args, options);
  if (usual !== undefined) return usual as unknown as ReturnType<typeof parseArgs<typeof config>>;
  try {
    return parseArgs(config);
  } catch (error) {
    throw cannotRun('arguments', explain(error, Object.keys(options)));
  }
}

/**
 * Options by their full names, a value behind each that has one, and what is no option, read as Node's parser does, which takes
 * its time to load. Undefined where anything else is among them.
 */
function readUsual(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } | undefined {
  const values = new Map<string, unknown>();
  const positionals: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-' || !arg.startsWith('-')) {
      positionals.push(arg);
      continue;
    }
    const name = arg.slice('--'.length);
    const option = arg.startsWith('--') && Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) return undefined;
    const value = option.type === 'boolean' ? true : args[++at];
    if (value === undefined || (typeof value === 'string' && value.startsWith('-'))) return undefined;
    const before = (values.get(name) ?? []) as readonly unknown[];
    values.set(name, option.multiple === true ? [...before, value] : value);
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && !values.has(name)) values.set(name, option.default);
  }
  return { values: Object.fromEntries(values), positionals };
}

/**
 * The same arguments with earlier option names replaced by the current ones; the earlier names keep working.
 *
 * @param renamed earlier names and their current ones, without dashes
 * @returns a hint for each earlier name that was used
 */
export function currentNames(
  args: readonly string[],
  renamed: Readonly<Record<string, string>>,
): { readonly names: readonly string[]; readonly hints: readonly string[] } {
  const hints = new Set<string>();
  const end = args.indexOf('--');
  const names = args.map((arg, index) => {
    const [, old = '', value = ''] = /^--([a-z-]+)(=.*)?$/s.exec(arg) ?? [];
    const now = Object.hasOwn(renamed, old) && (end < 0 || index < end) ? renamed[old] : undefined;
    if (now === undefined) return arg;
    hints.add(`--${old} is called --${now} now; the old name still works.`);
    return `--${now}${value}`;
  });
  return { names, hints: [...hints] };
}

function explain(error: unknown, known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const option = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (option === undefined) return message.endsWith('.') ? message : `${message}.`;
  const [suggestion] = nearest(
    option,
    known.map((name) => `--${name}`),
    1,
  );
  return `There is no option "${option}".${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`;
}

/** One of the choices, whatever its case. @throws UserError */
export function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value.toLowerCase());
  if (choice !== undefined) return choice;
  throw cannotRun('arguments', `${option} cannot be "${value}": use one of ${choices.join(', ')}.`);
}
