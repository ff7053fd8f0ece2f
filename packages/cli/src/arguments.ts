import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '@omnia-buildstream/core/rules/helpers';
import { CannotRun } from './cannotRun.ts';

/** Reads arguments strictly; throws CannotRun with Node's sentence, or a better one for a misspelt option. */
export function parseArguments<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun('arguments', explain(error, Object.keys(options)));
  }
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
