import path from 'node:path';
import type { RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { oneOf, parseArguments } from '../arguments.ts';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { bad, whole } from '../optionValues.ts';
import { historyHelp } from './help.ts';
import { nodeOutput, runOutput, runsOutput, type HistoryFormat } from './output.ts';

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
  const found = name === undefined ? undefined : await runNamed(name, place, io);
  if (found !== undefined) {
    await io.stdout.write(runOutput(found, format));
    return exitCodes.ok;
  }
  const runs = await newest(place, limit, io, name === undefined ? () => true : (run) => isOf(run, name));
  if (name === undefined) await io.stdout.write(runsOutput(runs, format));
  else if (runs.length === 0)
    throw cannotRun('file', `No run in ${values.folder} has this name, and none knows this node: ${name}.`);
  else await io.stdout.write(nodeOutput(name, runs, format));
  return exitCodes.ok;
};

type Place = ReturnType<typeof historyOf>;

/** By the name that the list shows, its file, or the identifier of the run. */
async function runNamed(name: string, place: Place, io: Io): Promise<RunHistory | undefined> {
  const [run] = await newest(place, 1, io, ({ file, begun }) => {
    return file === name || file === `${name}.ndjson` || begun.run === name;
  });
  return run;
}

function isOf({ nodes }: RunHistory, name: string): boolean {
  return nodes.some((node) => node.bmcIp === name || node.hostname.toLowerCase() === name.toLowerCase());
}

async function newest(
  place: Place,
  limit: number,
  io: Io,
  isMeant: (run: RunHistory) => boolean,
): Promise<readonly RunHistory[]> {
  const runs: RunHistory[] = [];
  try {
    for await (const run of readRuns(place, io)) {
      if (!isMeant(run)) continue;
      runs.push(run);
      if (runs.length === limit) break;
    }
  } catch (error) {
    throw cannotRun('file', `${place.folder} cannot be read: ${causeOf(error)}.`);
  }
  return runs;
}
