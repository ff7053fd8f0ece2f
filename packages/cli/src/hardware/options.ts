import { addressesIn } from '@omnia-buildstream/runner/hardware';
import { parseArguments } from '../arguments.ts';
import { accessOptions, accessOptionsOf } from '../bmc/options.ts';
import { bad } from '../optionValues.ts';

export type HardwareOptions = ReturnType<typeof parseHardwareOptions>;

/** Reads the arguments of `buildstream hardware`. @throws UserError */
export function parseHardwareOptions(args: readonly string[]) {
  const { mapping: _, ...access } = accessOptions;
  const options = {
    ...access,
    nodes: { type: 'string', multiple: true },
    discover: { type: 'string' },
    write: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length === 0 && !values.help) throw bad('Name the mapping file.');
  const search = values.discover === undefined ? [] : addressesIn(values.discover);
  if (search === undefined) {
    throw bad(
      `--discover takes a network of at most 1024 addresses, such as 10.6.0.0/24, not "${values.discover ?? ''}".`,
    );
  }
  if (search.length > 0 && positionals.length > 1) throw bad('--discover takes one mapping file.');
  return {
    ...accessOptionsOf(values),
    files: positionals,
    names: (values.nodes ?? []).flatMap((list) => list.split(',')).filter((name) => name !== ''),
    network: values.discover,
    search,
    isWriting: values.write,
  };
}
