import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { isNamedIn, mapOf, type ColumnMap } from '@omnia-buildstream/core/editing/importColumns';
import { importNodes, importParts, matchSource, type ImportPart } from '@omnia-buildstream/core/editing/importNodes';
import type { SourceTable } from '@omnia-buildstream/core/mapping/sourceTable';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { readInventoryText } from '@omnia-buildstream/runner/inventory/readInventoryText';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { oneOf, parseArguments } from '../arguments.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { diffText } from '../hardware/text.ts';
import type { Io } from '../io.ts';
import { bad } from '../optionValues.ts';
import { planFiles } from '../plan/options.ts';
import { replaceFile } from '../validate/replaceFile.ts';
import { readSource } from '../validate/source.ts';
import { importHelp } from './help.ts';

const options = {
  into: { type: 'string' },
  map: { type: 'string', multiple: true },
  take: { type: 'string', default: 'new,changed' },
  omnia: { type: 'string' },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `buildstream import`: what other programs know about machines, as changes to a mapping file. */
export const importInventories: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(importHelp);
    return exitCodes.ok;
  }
  if (positionals.length === 0) throw bad('Name the files to import, or - for standard input.');
  const map = columnMap(values.map ?? []);
  const take = values.take.split(',').map((part) => oneOf('--take', part.trim(), importParts));
  const { mapping: file } = await planFiles({ mapping: values.into }, io);
  const source = await readSource(file, io, values.write);
  const { encoding, text: before } = source.content;
  if (encoding.kind === 'not-utf8') throw bad(`${file} is not UTF-8. Save it as UTF-8 first.`);
  const version =
    values.omnia === undefined
      ? versionOf(path.resolve(io.cwd, file), new CsvDocument(before))
      : oneOf('--omnia', values.omnia, omniaVersions);
  const sources = await readAll(positionals, io);
  if (sources === undefined) return exitCodes.errorsFound;
  let text = before;
  for (const { name, table } of sources) {
    const others = sources.filter((one) => one.table !== table);
    const own = Object.entries(map).filter(
      ([, header]) => isNamedIn(table, header) || !others.some((one) => isNamedIn(one.table, header)),
    );
    const settings = { version, context: {}, overrides: new Map(), encoding } as const;
    const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
    const change = await importOne(model, { name, table, map: Object.fromEntries(own), take }, io);
    if (change === undefined) return exitCodes.errorsFound;
    text = applyEdits(text, change);
  }
  if (text === before) return exitCodes.ok;
  await io.stdout.write(`\n${diffText(file, before, text)}\n`);
  if (source.target === undefined) await io.stdout.write('Nothing was written. --write makes these changes.\n');
  else await replaceFile(file, source.target, text, io.fs);
  return exitCodes.ok;
};

interface Source {
  readonly name: string;
  readonly table: SourceTable;
}

interface Wanted extends Source {
  readonly map: ColumnMap;
  readonly take: readonly ImportPart[];
}

/**
 * The sources as tables; undefined when one is not a table, after saying why. @throws UserError for a file that cannot
 * be read
 */
async function readAll(names: readonly string[], io: Io): Promise<readonly Source[] | undefined> {
  const sources: Source[] = [];
  for (const name of names) {
    const { content } = await readSource(name, io, false);
    const read = readInventoryText(content.text);
    if ('problem' in read) return refuse(name, wordsOf(read.problem), io);
    sources.push({ name, table: read.table });
  }
  return sources;
}

/** The edits of one source, after saying what they mean; undefined when it is refused, after saying why. */
async function importOne(model: MappingModel, { name, table, map, take }: Wanted, io: Io) {
  const matched = matchSource(model, table, map, renderMessage);
  if ('refused' in matched) return refuse(name, matched.refused, io);
  const leftOut = Object.fromEntries(Object.entries(map).filter(([, header]) => header === ''));
  const used = mapOf(model, table, matched.columns);
  await io.stdout.write(`${name}: ${optionsOf({ ...leftOut, ...used })}\n`);
  const { edits, notes } = importNodes(model, { kind: 'import', table, map, take }, renderMessage);
  for (const note of notes) await io.stdout.write(`${name}: ${plainLine(note)}\n`);
  return edits;
}

async function refuse(name: string, reason: string, { stderr }: Io): Promise<undefined> {
  await stderr.write(`${name}: ${plainLine(reason)} Nothing was written.\n`);
  return undefined;
}

/** `COLUMN=HEADER` of each option. @throws UserError for another form */
function columnMap(given: readonly string[]): ColumnMap {
  return Object.fromEntries(
    given.map((text): [string, string] => {
      const at = text.indexOf('=');
      if (at < 1) throw bad(`--map takes COLUMN=HEADER, not "${text}".`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** The map in a form that a shell accepts again. */
function optionsOf(map: ColumnMap): string {
  return Object.entries(map)
    .map(([column, header]) => `--map ${shellWord(`${column}=${plainLine(header)}`)}`)
    .join(' ');
}

function shellWord(text: string): string {
  return /^[\w.,:/=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
