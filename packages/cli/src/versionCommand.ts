import { parseArguments } from './arguments.ts';
import type { CommandMain } from './command.ts';
import { exitCodes } from './exitCodes.ts';
import { bad, isForPrograms, outputOptions } from './optionValues.ts';
import { version, versionLine } from './version.ts';

const options = { ...outputOptions, help: { type: 'boolean', short: 'h', default: false } } as const;

const help = `Usage: buildstream version [OPTIONS]

Prints the version of buildstream, and of what it runs on.

Options:
  --format FORMAT  text or json
  --json           the same as --format json
  --help, -h       this text
`;

/** `buildstream version`. */
export const showVersion: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw bad('version takes no arguments.');
  const { node, platform, arch } = io.runtime;
  const facts = { version, node, platform, arch };
  const isJson = isForPrograms(values, 'json');
  const text = `${versionLine}Node ${node} on ${platform} ${arch}\n`;
  await io.stdout.write(values.help ? help : isJson ? `${JSON.stringify(facts)}\n` : text);
  return exitCodes.ok;
};
