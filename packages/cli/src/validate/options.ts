import type { ParseArgsConfig } from 'node:util';
import { besideKinds, besideNames } from '@omnia-buildstream/core/context/besideNames';
import type { Level, OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { oneOf, parseArguments } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import { kindOfInput } from './inputKinds.ts';

const shares = ['nfs', 'local'] as const;
const formats = ['text', 'json', 'sarif', 'codequality', 'junit'] as const;
export type Format = (typeof formats)[number];

/** What a project may set in its buildstream.yml as well. */
export interface Judged {
  /** Undefined: detect it. */
  readonly version: OmniaVersion | undefined;
  readonly overrides: ReadonlyMap<string, Level>;
  readonly share: 'nfs' | 'local' | undefined;
}

/** The facts about the mapping file as given in the arguments; paths are as typed. */
export interface ContextOptions {
  /** Also look next to each mapping file. */
  readonly auto: boolean;
  /** Files with an option of their own. */
  readonly named: Readonly<Record<'network' | 'software' | 'config' | 'catalog', string | undefined>>;
  /** Other input files, each known by its name. */
  readonly inputs: readonly string[];
  readonly dnsEnabled: boolean;
  readonly software: ReadonlySet<string> | undefined;
}

/** A report of the run in a file of its own. */
export interface ReportFile {
  readonly format: Format;
  /** As typed. */
  readonly file: string;
}

export interface ValidateOptions {
  readonly help: boolean;
  /** Each once; `-` is standard input. */
  readonly files: readonly string[];
  readonly format: Format;
  /** Written in addition to what goes to standard output. */
  readonly reports: readonly ReportFile[];
  readonly fix: boolean;
  readonly quiet: boolean;
  /** Warnings end with code 1 too. */
  readonly strict: boolean;
  /** The file that the report goes to instead of standard output, as typed. */
  readonly output: string | undefined;
  readonly judged: Judged;
  readonly context: ContextOptions;
}

const config = {
  omnia: { type: 'string' },
  format: { type: 'string', default: 'text' },
  report: { type: 'string', multiple: true, default: [] },
  fix: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  output: { type: 'string' },
  json: { type: 'boolean', default: false },
  severity: { type: 'string', multiple: true, default: [] },
  'network-spec': { type: 'string' },
  'software-config': { type: 'string' },
  'provision-config': { type: 'string' },
  catalog: { type: 'string' },
  input: { type: 'string', multiple: true, default: [] },
  'omnia-share': { type: 'string' },
  'dns-enabled': { type: 'boolean', default: false },
  software: { type: 'string' },
  context: { type: 'string', default: 'auto' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Reads the arguments of `buildstream validate`. @throws UserError */
export function parseOptions(args: readonly string[]): ValidateOptions {
  const { values, positionals } = parseArguments(args, config);
  if (values.software !== undefined && values['software-config'] !== undefined) {
    throw cannotRun('arguments', 'Give either --software or --software-config, not both.');
  }
  return {
    help: values.help,
    files: [...new Set(positionals)],
    format: values.json ? 'json' : oneOf('--format', values.format, formats),
    reports: values.report.map(parseReport),
    fix: values.fix,
    quiet: values.quiet,
    strict: values.strict,
    output: values.output,
    judged: {
      version: values.omnia === undefined ? undefined : oneOf('--omnia', values.omnia, omniaVersions),
      overrides: new Map(values.severity.map(parseSeverity)),
      share: values['omnia-share'] === undefined ? undefined : oneOf('--omnia-share', values['omnia-share'], shares),
    },
    context: {
      auto: oneOf('--context', values.context, ['explicit', 'auto']) === 'auto',
      named: {
        network: values['network-spec'],
        software: values['software-config'],
        config: values['provision-config'],
        catalog: values.catalog,
      },
      inputs: values.input.map(knownInput),
      dnsEnabled: values['dns-enabled'],
      software: values.software === undefined ? undefined : namesOf(values.software),
    },
  };
}

function knownInput(file: string): string {
  if (kindOfInput(file) !== undefined) return file;
  const names = besideKinds.map((kind) => besideNames[kind].join(' or '));
  throw cannotRun('arguments', `--input takes a file of one of these names: ${names.join(', ')}; not "${file}".`);
}

function parseReport(text: string): ReportFile {
  const at = text.indexOf('=');
  const file = text.slice(at + 1);
  if (at < 0 || file === '') {
    throw cannotRun('arguments', `--report needs FORMAT=FILE, for example junit=report.xml, not "${text}".`);
  }
  return { format: oneOf('The format of --report', text.slice(0, at), formats), file };
}

function parseSeverity(text: string): [string, Level] {
  const [code = '', level, ...more] = text.split('=');
  if (level === undefined || more.length > 0) {
    throw cannotRun('arguments', `--severity needs CODE=LEVEL, for example dup-admin-mac=error, not "${text}".`);
  }
  return [code, oneOf(`The severity of ${code}`, level, ['error', 'warning', 'info', 'hint', 'off'])];
}

function namesOf(list: string): Set<string> {
  return new Set(
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
}
