import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { cannotRun } from './cannotRun.ts';

/** Reads arguments strictly. @throws UserError with Node's sentence, or a better one for a misspelled option */
export function parseArguments<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw cannotRun('arguments', explain(error, Object.keys(options)));
  }
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
