import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseArguments } from '../arguments.ts';
import { optionsOver, type SiteLayer } from './layers.ts';

/** Reads arguments strictly, with the values of buildstream.yml as defaults. @throws UserError */
export function parseWithSite<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  site: SiteLayer | undefined,
) {
  const { positive, denied } = withoutDenials(args, options);
  const parsed = parseArguments(positive, options);
  const values = { ...parsed.values, ...Object.fromEntries(denied.map((name) => [name, false])) };
  if (site === undefined) return { ...parsed, values };
  const { tokens } = parseArgs({ args: positive, options, allowPositionals: true, strict: false, tokens: true });
  const given = new Set([...tokens.flatMap((token) => (token.kind === 'option' ? token.name : [])), ...denied]);
  return { ...parsed, values: { ...values, ...optionsOver(site, Object.keys(options), values, given) } };
}

/** What buildstream.yml can switch on is switched off with `--no-` before its name; the last one counts. */
const deniable = ['continuous', 'graceful', 'boot-nic'];

function withoutDenials(
  args: readonly string[],
  options: object,
): { readonly positive: string[]; readonly denied: readonly string[] } {
  const end = args.indexOf('--');
  const names = deniable.filter((name) => Object.hasOwn(options, name));
  const lastOf = (arg: string): number => args.lastIndexOf(arg, end < 0 ? undefined : end);
  const denied = names.filter((name) => lastOf(`--no-${name}`) > lastOf(`--${name}`));
  const dropped = new Set(names.flatMap((name) => [`--no-${name}`, ...(denied.includes(name) ? [`--${name}`] : [])]));
  return { positive: args.filter((arg, at) => (end >= 0 && at > end) || !dropped.has(arg)), denied };
}
