import { parseArguments } from '../arguments.ts';
import { bad } from '../optionValues.ts';

const options = {
  api: { type: 'string' },
  'api-ca': { type: 'string' },
  'api-pin': { type: 'string', multiple: true },
  'bmc-ca': { type: 'string' },
  'bmc-pin': { type: 'string', multiple: true },
  'bmc-port': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** How servers are reached: arguments of the commands that ask them. */
export interface Reach {
  /** The BuildStreaM API; access to GitLab is in the environment. */
  readonly api: readonly string[];
  readonly bmc: readonly string[];
}

/** Reads the arguments of `buildstream mcp`. None of them allows anything. @throws UserError */
export function parseMcpOptions(args: readonly string[]): Reach & { readonly help: boolean } {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option.`);
  return {
    help: values.help,
    api: [
      ...one('api', values.api),
      ...one('ca', values['api-ca']),
      ...(values['api-pin'] ?? []).flatMap((pin) => one('pin', pin)),
    ],
    bmc: [
      ...one('bmc-port', values['bmc-port']),
      ...one('ca', values['bmc-ca']),
      ...(values['bmc-pin'] ?? []).flatMap((pin) => one('pin', pin)),
    ],
  };
}

/** An option of another command, when it is given. */
export function one(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}
