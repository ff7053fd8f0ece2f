import { stageNames, type StageName } from '@omnia-buildstream/core/stage/stageName';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { parseArguments } from '../../arguments.ts';
import { accessOptions } from '../../oim/options.ts';
import { fileOptions, versionOption } from '../../plan/options.ts';
import { workloadOf, workloadOptions } from '../../workload.ts';
import { approvalOf, approvalOptions } from '../approvedPlan.ts';
import { bad, isForPrograms, outputOptions, secondsToMs, whole } from '../../optionValues.ts';

const options = {
  ...accessOptions,
  ...fileOptions,
  image: { type: 'string', default: '' },
  job: { type: 'string' },
  poll: { type: 'string' },
  deadline: { type: 'string' },
  ...outputOptions,
  ...approvalOptions,
  ...workloadOptions,
  'ask-bmcs': { type: 'boolean', default: false },
  'bmc-port': { type: 'string', default: '443' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type OimRunOptions = ReturnType<typeof parseOimOptions>;

/** Reads the arguments of `buildstream run STAGE --backend oim`. @throws UserError */
export function parseOimOptions(stage: string | undefined, args: readonly string[]) {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option.`);
  const { poll, deadline } = values;
  const pollIntervalMs = poll === undefined ? defaultFollowSettings.pollIntervalMs : secondsToMs('--poll', poll);
  return {
    values,
    help: values.help,
    approval: approvalOf(values),
    /** At this port; undefined: nobody asked for it. */
    bmcPort: values['ask-bmcs'] ? whole('--bmc-port', values['bmc-port'], 1, 65_535) : undefined,
    workload: workloadOf(values),
    /** In their order. */
    stages: values.help ? [] : stagesOf(stage),
    image: values.image,
    job: values.job,
    mapping: values.mapping,
    failed: values.failed,
    version: versionOption(values.omnia),
    isNdjson: isForPrograms(values, 'ndjson'),
    settings: {
      ...defaultFollowSettings,
      pollIntervalMs,
      maxPollIntervalMs: Math.max(pollIntervalMs, defaultFollowSettings.maxPollIntervalMs),
      deadlineMs: deadline === undefined ? defaultFollowSettings.deadlineMs : 60 * secondsToMs('--deadline', deadline),
    },
  };
}

function stagesOf(text: string | undefined): readonly StageName[] {
  if (text === 'all') return stageNames;
  const stage = stageNames.find((name) => name === text);
  if (stage !== undefined) return [stage];
  const what = text === undefined ? 'Name the stage to run' : `The management server has no stage "${text}"`;
  throw bad(`${what}: ${stageNames.join(', ')}, or all.`);
}
