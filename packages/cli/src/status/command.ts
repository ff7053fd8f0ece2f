import { parseArguments } from '../arguments.ts';
import { bad, isForPrograms, outputOptions } from '../optionValues.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { statusHelp } from '../oim/help.ts';
import { accessOf, accessOptions } from '../oim/options.ts';
import { showApiStatus } from '../oim/status.ts';
import { versionOption } from '../plan/options.ts';
import { readLocalStatus } from './local.ts';
import { localJson, localText } from './localText.ts';
import { lastRuns, timelineJson, timelineText } from './timeline.ts';

const options = {
  ...accessOptions,
  state: { type: 'string' },
  mapping: { type: 'string' },
  omnia: { type: 'string' },
  job: { type: 'string' },
  image: { type: 'string' },
  timeline: { type: 'boolean', default: false },
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
  if (forApi !== undefined || (state === undefined && (io.env['BSM_API_URL'] ?? '') !== '')) {
    await showApiStatus({ job, image, format }, accessOf(values, io), io);
    return exitCodes.ok;
  }
  const given = { mapping: values.mapping, version: versionOption(values.omnia) };
  const found = await readLocalStatus(state ?? '.buildstream', given, io);
  await io.stdout.write(format === 'json' ? localJson(found) : localText(found));
  return exitCodes.ok;
};

/** The timeline is of all runs from here: what else is given is about something else. */
function refuseBeside(values: Readonly<Record<string, unknown>>): void {
  const other = ['state', 'mapping', 'omnia', ...ofTheApi].find((name) => values[name] !== undefined);
  if (other !== undefined) throw bad(`--timeline shows the runs from here, and takes no --${other}.`);
}
