import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import {
  changedLines,
  compareDocument,
  comparedCells,
  compareHeadline,
  compareTexts,
  type ComparedNames,
} from '@omnia-buildstream/core/nodes/compareDocument';
import { compareNodes, type ComparedFiles, type ComparedNode } from '@omnia-buildstream/core/nodes/compareNodes';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { oneOf, parseArguments } from '../arguments.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { textAt } from '../git.ts';
import { bad } from '../optionValues.ts';
import { planVersion } from '../plan/direct.ts';
import { fileOptions, planFiles, versionOption } from '../plan/options.ts';
import { planJson } from '../plan/planJson.ts';
import { planText } from '../plan/planText.ts';
import { textOf } from '../plan/textFile.ts';
import { formatTable } from '../table.ts';
import { detect } from '../validate/detect.ts';
import { diffHelp } from './help.ts';

const options = {
  ...fileOptions,
  image: { type: 'string', default: '' },
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const formats = ['text', 'json', 'markdown'] as const;

/** `buildstream diff`: two versions of the mapping file node by node, and what a deploy of the second restarts. */
export const diff: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(diffHelp);
    return exitCodes.ok;
  }
  if (positionals.length > 2) throw bad('Name at most two versions, such as HEAD~1 and HEAD.');
  const format = values.json ? 'json' : oneOf('--format', values.format, formats);
  const [base = 'HEAD', revision] = positionals;
  const { mapping: file } = await planFiles({ mapping: values.mapping }, io);
  if (file === '-') throw bad('Versions of standard input cannot be compared: name a file with --mapping.');
  const place = path.resolve(io.cwd, file);
  const before = await textAt(base, place, io);
  const after = revision === undefined ? await textOf(file, io) : await textAt(revision, place, io);
  const version = versionOption(values.omnia) ?? detect(file, new CsvDocument(after === '' ? before : after), io.cwd);
  const compared = compareNodes(before, after, version);
  const { failed, image } = values;
  const about = { failed, image, job: undefined, base };
  const decided = await planVersion({ file, text: after, version }, about, io).catch((error: unknown) => {
    // The versions need not be deployable: their nodes are reported anyway.
    if (isUserError(error)) return error.message;
    throw error;
  });
  await io.stdout.write(writers[format](compared, { before: base, after: revision ?? file }, decided));
  return exitCodes.ok;
};

type Writer = (compared: ComparedFiles, names: ComparedNames, decided: DecidedRestart | string) => string;

const writers: Readonly<Record<(typeof formats)[number], Writer>> = {
  text: (compared, names, decided) =>
    [
      say(compareTexts.title, { ...names }),
      compareHeadline(compared, say),
      ...nodesText(compareTexts.added, compared.added),
      ...changedText(compared),
      ...nodesText(compareTexts.removed, compared.removed),
      '',
      say(compareTexts.deploy, { ...names }),
      typeof decided === 'string' ? `${decided}\n` : planText(decided.plan, decided.basis),
    ].join('\n'),
  json: (compared, names, decided) => {
    const made =
      typeof decided === 'string' ? { plan: null, problem: decided } : { plan: planJson(decided.plan, decided.basis) };
    return `${JSON.stringify({ ...names, ...compared, ...made }, undefined, 2)}\n`;
  },
  markdown: (compared, names, decided) => compareDocument(compared, names, decided, say).toString(),
};

function nodesText(title: string, nodes: readonly ComparedNode[]): string[] {
  if (nodes.length === 0) return [];
  const head = ['NODE', 'SERVICE_TAG', 'ROLE', 'GROUP', 'BMC_IP'];
  return ['', `${title}:`, formatTable(head, nodes.map(comparedCells))];
}

function changedText({ changed }: ComparedFiles): string[] {
  if (changed.length === 0) return [];
  const head = ['NODE', 'COLUMN', 'BEFORE', 'AFTER'];
  return ['', `${compareTexts.changed}:`, formatTable(head, changed.flatMap(changedLines))];
}
