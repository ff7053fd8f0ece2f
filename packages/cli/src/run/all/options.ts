import { restartLimits, validateLimits } from '@omnia-buildstream/runner/limitNames';
import { parseWithSite } from '../../site/parseWithSite.ts';
import type { SiteLayer } from '../../site/layers.ts';
import { deployOptions, deployOptionsOf } from '../deploy/options.ts';
import { restartOptionsOf, wholeRestartOptions } from '../restart/options.ts';
import { bad, isForPrograms, parseLimits, whole } from '../../optionValues.ts';
import { testOptions, validateOptionsOf } from '../validate/options.ts';
import { defaultSample } from '../validate/verifyOptions.ts';

/**
 * Those of the three stages, under the same names; without --shard, as deploy and validate are about all nodes, and
 * without --verify, as verification is a stage of its own here.
 */
export const allOptions = {
  ...testOptions,
  ...wholeRestartOptions,
  ...deployOptions,
  /** Contains a folder for each stage. */
  state: testOptions.state,
  sample: { type: 'string', default: defaultSample },
} as const;

export type AllOptions = ReturnType<typeof parseAllOptions>;

/** Reads the arguments of `buildstream run all`. @throws UserError */
export function parseAllOptions(args: readonly string[], site?: SiteLayer) {
  const { values, positionals } = parseWithSite(args, allOptions, site);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option. Name nodes with --nodes.`);
  const { limit = [], state, sample } = values;
  parseLimits({ ...restartLimits, ...validateLimits }, limit);
  const limitsFor = (names: object): string[] => limit.filter((pair) => Object.hasOwn(names, pair.split('=')[0] ?? ''));
  const restartState = `${state.replace(/(?<!\/)\/+$/, '')}/restart`;
  return {
    help: values.help,
    mapping: values.mapping,
    yes: values.yes,
    isNdjson: isForPrograms(values, 'ndjson'),
    /** Whose BMCs deploy asks; undefined: those of the nodes that are restarted. */
    bmcs: values.bmcs,
    deploy: deployOptionsOf(values),
    restart: restartOptionsOf({
      ...values,
      state: restartState,
      limit: limitsFor(restartLimits),
    }),
    validate: validateOptionsOf({ ...values, limit: limitsFor(validateLimits) }),
    sample: { size: whole('--sample', sample, 0, 1_000_000), seed: values.seed ?? '' },
  };
}
