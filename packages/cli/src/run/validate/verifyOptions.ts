import { parseWithSite } from '../../site/parseWithSite.ts';
import type { SiteLayer } from '../../site/layers.ts';
import { approvalOptions } from '../approvedPlan.ts';
import { cannotRun } from '../../cannotRun.ts';
import { whole } from '../../optionValues.ts';
import { validateOptions, validateOptionsOf } from './options.ts';

/** How many nodes' images are checked by default. */
export const defaultSample = '10';

const { mapping, omnia, nodes, seed, image, port, concurrency, limit, state, job, junit, format, json, help } =
  validateOptions;

/** The options of `run validate` that the two checks need. */
const options = {
  ...{ mapping, omnia, nodes, seed, image, port, concurrency, limit, state, job, junit, format, json, help },
  sample: { type: 'string', default: defaultSample },
  ...approvalOptions,
  'role-image': validateOptions['role-image'],
  'ssh-key': validateOptions['ssh-key'],
  'ssh-user': validateOptions['ssh-user'],
  'host-keys': validateOptions['host-keys'],
  'known-hosts': validateOptions['known-hosts'],
  'image-from': validateOptions['image-from'],
} as const;

/** Reads the arguments of `buildstream run verify`. @throws UserError */
export function parseVerifyOptions(args: readonly string[], site?: SiteLayer) {
  const { values, positionals } = parseWithSite(args, options, site);
  if (positionals.length > 0) {
    throw cannotRun('arguments', `"${positionals.join(' ')}" is not an option. Name nodes with --nodes.`);
  }
  const { sample, ...rest } = values;
  return {
    ...validateOptionsOf({ ...rest, 'molecule-dir': validateOptions['molecule-dir'].default }),
    sample: { size: whole('--sample', sample, 0, 1_000_000), seed: values.seed ?? '' },
  };
}
