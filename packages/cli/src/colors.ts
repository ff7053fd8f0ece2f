import type { Io, Output } from './io.ts';

/**
 * Whether an output gets colors: never with NO_COLOR (no-color.org) or `--no-color`, which sets it; always with
 * FORCE_COLOR, unless that is 0 or false; else on a terminal that has some.
 */
export function isColored({ isTerminal }: Pick<Output, 'isTerminal'>, { env }: Pick<Io, 'env'>): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** Takes `--no-color` out of the arguments of any command. */
export function withoutColors(argv: readonly string[], io: Io): { readonly argv: readonly string[]; readonly io: Io } {
  const end = argv.indexOf('--');
  const rest = argv.filter((arg, at) => arg !== '--no-color' || (end >= 0 && at > end));
  if (rest.length === argv.length) return { argv, io };
  return { argv: rest, io: Object.create(io, { env: { value: { ...io.env, NO_COLOR: '1' } } }) as Io };
}
