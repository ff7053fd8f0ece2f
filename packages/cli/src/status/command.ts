import type { KnownWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { parseArguments } from '../arguments.ts';
import { bad, isForPrograms, outputOptions } from '../optionValues.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { statusHelp } from '../oim/help.ts';
import { accessOf, accessOptions } from '../oim/options.ts';
import { showApiStatus } from '../oim/status.ts';
import { versionOption } from '../plan/options.ts';
import { askWork, workJson, workRows } from '../plan/planWork.ts';
import { readMapping } from '../run/mapping.ts';
import { formatTable } from '../table.ts';
import { readLocalStatus } from './local.ts';
import { localJson, localText } from './localText.ts';
import { workloadOptions } from '../workload.ts';
import { lastRuns, timelineJson, timelineText } from './timeline.ts';

const options = {
  ...accessOptions,
  state: { type: 'string' },
  mapping: { type: 'string' },
  omnia: { type: 'string' },
  job: { type: 'string' },
  image: { type: 'string' },
  timeline: { type: 'boolean', default: false },
  ...workloadOptions,
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const ofTheApi = ['api', 'ca', 'pin', 'save-client', 'job', 'image'] as const;

/** `buildstream status`: how far a run has come, from its state here or from the BuildStreaM API. */
export const status: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(statusHelp);
    return exitCodes.ok;
  }
  const { job, image = '', state } = values;
  if (positionals.length > 0) throw bad('status takes options only; name the job with --job.');
  const format = isForPrograms(values, 'json') ? 'json' : 'text';
  if (values.timeline) {
    refuseBeside(values);
    const timeline = await lastRuns(io);
    await io.stdout.write(format === 'json' ? timelineJson(timeline) : timelineText(timeline));
    return exitCodes.ok;
  }
  const forApi = ofTheApi.find((name) => values[name] !== undefined);
  if (state !== undefined && forApi !== undefined) {
    throw bad(`--state is about runs from here, --${forApi} about the management server. Give one of them.`);
  }
  const asked = (['slurm', 'kubectl'] as const).find((name) => values[name] !== undefined);
  if (asked !== undefined && forApi !== undefined)
    throw bad(`--${asked} is about the nodes here, and takes no --${forApi}.`);
  if (forApi !== undefined || (state === undefined && asked === undefined && (io.env['BSM_API_URL'] ?? '') !== '')) {
    await showApiStatus({ job, image, format }, accessOf(values, io), io);
    return exitCodes.ok;
  }
  const given = { mapping: values.mapping, version: versionOption(values.omnia) };
  const found = await readLocalStatus(state ?? '.buildstream', given, io);
  const rows = asked === undefined ? [] : (await readMapping(given, io)).rows;
  const known = await askWork(values, rows, io);
  if (format === 'json') {
    const work = known === undefined ? {} : { work: workJson(rows, known) };
    await io.stdout.write(`${JSON.stringify({ ...localJson(found), ...work }, undefined, 2)}\n`);
  } else await io.stdout.write(`${localText(found)}${known === undefined ? '' : workText(rows, known)}`);
  return exitCodes.ok;
};

function workText(rows: readonly Target[], known: KnownWork): string {
  const busy = workRows(rows, known);
  if (busy.length === 0) return '\nNo jobs are running on these nodes.\n';
  return `\n${formatTable(['NODE', 'BMC_IP', 'JOBS'], busy)}\n`;
}

/** The timeline covers all runs from here: the other options are about something else. */
function refuseBeside(values: Readonly<Record<string, unknown>>): void {
  const other = ['state', 'mapping', 'omnia', 'slurm', 'kubectl', ...ofTheApi].find(
    (name) => values[name] !== undefined,
  );
  if (other !== undefined) throw bad(`--timeline shows the runs from here, and takes no --${other}.`);
}
