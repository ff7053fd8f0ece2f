import path from 'node:path';
import { isNode, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { historyOf, type HistoryPlace } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns, type RunFile, type UnreadableRun } from '@omnia-buildstream/runner/history/readRuns';
import { oneOf, parseArguments } from '../arguments.ts';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { bad, whole } from '../optionValues.ts';
import { historyHelp } from './help.ts';
import { nameOf, nodeOutput, runOutput, runsOutput, whyUnreadable, type HistoryFormat } from './output.ts';

const options = {
  folder: { type: 'string', default: '.' },
  limit: { type: 'string', default: '20' },
  format: { type: 'string', default: 'text' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const formats: readonly HistoryFormat[] = ['text', 'md', 'json'];

/** `buildstream history [NODE|RUN]`: what was run from here, by whom, and what became of it. */
export const history: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(historyHelp);
    return exitCodes.ok;
  }
  const [name, ...more] = positionals;
  if (more.length > 0) throw bad('history takes one node or one run.');
  const format = values.json ? 'json' : oneOf('--format', values.format, formats);
  const limit = whole('--limit', values.limit, 1, 500);
  const place = historyOf(path.resolve(io.cwd, values.folder));
  if (name === undefined) await io.stdout.write(runsOutput(await newest(place, limit, io), format));
  else {
    const found = await find(name, place, limit, io);
    await io.stdout.write('run' in found ? runOutput(found.run, format) : nodeOutput(name, found.files, format));
  }
  return exitCodes.ok;
};

/** One run, or the runs that knew a node, along with those that can't be read. */
type Found = { readonly run: RunHistory } | { readonly files: readonly RunFile[] };

async function newest(place: HistoryPlace, limit: number, io: Io): Promise<readonly RunFile[]> {
  const files: RunFile[] = [];
  for await (const file of filesIn(place, io)) {
    files.push(file);
    if (files.length === limit) break;
  }
  return files;
}

/**
 * What the name means: a run by its name in the list, its file or its identifier; otherwise a node. Each file is read
 * once.
 * @throws UserError for a run that cannot be read, and for an unknown name
 */
async function find(name: string, place: HistoryPlace, limit: number, io: Io): Promise<Found> {
  const runs: RunFile[] = [];
  const unread: UnreadableRun[] = [];
  for await (const one of filesIn(place, io)) {
    const isNamed = [nameOf(one), one.file].includes(name);
    if (one.kind === 'unreadable') {
      if (isNamed) throw cannotRun('file', `${one.file}: ${whyUnreadable(one)}`);
      unread.push(one);
    } else if (isNamed || one.run.begun.run === name) return { run: one.run };
    else if (one.run.nodes.some((node) => isNode(node, name))) runs.push(one);
    if (runs.length === limit) break;
  }
  if (runs.length > 0) return { files: [...runs, ...unread] };
  const nowhere = `No run in ${place.within} has this name, and none knows this node: ${name}.`;
  const why = unread.map((one) => ` ${one.file}: ${whyUnreadable(one)}`).join('');
  throw cannotRun('file', nowhere + why);
}

/** @throws UserError when the folder cannot be read */
async function* filesIn(place: HistoryPlace, io: Io): AsyncGenerator<RunFile> {
  try {
    yield* readRuns(place, io);
  } catch (error) {
    throw cannotRun('file', `${place.folder} cannot be read: ${causeOf(error)}.`);
  }
}
