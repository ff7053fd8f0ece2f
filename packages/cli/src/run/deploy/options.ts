import { defaultDeploySettings, type BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import { placeholders, unknownPlaceholders } from '@omnia-buildstream/core/stage/imagePlaceholders';
import { isTokenAddress, parseProvisionPlace } from '@omnia-buildstream/core/stage/provisionPlace';
import type { ImageTemplate } from '@omnia-buildstream/provision/images/imageTemplate';
import type { parseArguments } from '../../arguments.ts';
import { parseWithSite } from '../../site/parseWithSite.ts';
import type { SiteLayer } from '../../site/layers.ts';
import { approvalOf, approvalOptions } from '../approvedPlan.ts';
import { versionOption } from '../../plan/options.ts';
import { bad, isForPrograms, outputOptions, parsePins, whole } from '../../optionValues.ts';

export const deployOptions = {
  image: { type: 'string' },
  images: { type: 'string' },
  'images-api': { type: 'string' },
  'kernel-url': { type: 'string' },
  'initrd-url': { type: 'string' },
  'rootfs-url': { type: 'string' },
  'kernel-params': { type: 'string' },
  mapping: { type: 'string' },
  omnia: { type: 'string' },
  job: { type: 'string' },
  provision: { type: 'string' },
  bmcs: { type: 'string' },
  concurrency: { type: 'string' },
  'bmc-port': { type: 'string', default: '443' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  yes: { type: 'boolean', default: false },
  ...approvalOptions,
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArguments<typeof deployOptions>>['values'];

/** Where boot configuration goes, before asking for a token. */
export type ProvisionOption =
  | { readonly kind: 'files'; readonly folder: string }
  | { readonly kind: 'openchami'; readonly server: URL };

export type DeployOptions = ReturnType<typeof parseDeployOptions>;

/** Reads the arguments of `buildstream run deploy`. @throws UserError */
export function parseDeployOptions(args: readonly string[], site?: SiteLayer) {
  const { values, positionals } = parseWithSite(args, deployOptions, site);
  if (positionals.length > 0) throw bad(`"${positionals.join(' ')}" is not an option.`);
  return deployOptionsOf(values);
}

/** @throws UserError for invalid values */
export function deployOptionsOf(values: Values) {
  const { bmcConcurrency } = defaultDeploySettings;
  return {
    help: values.help,
    image: values.image,
    images: imagesOf(values),
    template: templateOf(values),
    mapping: values.mapping,
    version: versionOption(values.omnia),
    job: values.job,
    provision: values.provision === undefined ? undefined : parseProvision(values.provision),
    bmcCheck: parseBmcs(values.bmcs ?? 'all'),
    settings: {
      ...defaultDeploySettings,
      bmcConcurrency: whole('--concurrency', values.concurrency ?? String(bmcConcurrency), 1, 1000),
    },
    bmcPort: whole('--bmc-port', values['bmc-port'], 1, 65_535),
    ca: values.ca,
    pins: parsePins(values.pin),
    yes: values.yes,
    approval: approvalOf(values),
    isNdjson: isForPrograms(values, 'ndjson'),
  };
}

/** Where the image groups are listed; undefined: not specified. */
export type ImagesOption =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'api'; readonly address: string };

function imagesOf({ images, 'images-api': api }: Values): ImagesOption | undefined {
  if (images !== undefined && api !== undefined) throw bad('Give --images or --images-api, not both.');
  if (api !== undefined) return { kind: 'api', address: api };
  return images === undefined ? undefined : { kind: 'file', file: images };
}

function templateOf(values: Values): ImageTemplate | undefined {
  const { 'kernel-url': kernel, 'initrd-url': initrd, 'rootfs-url': rootfs, 'kernel-params': params } = values;
  const patterns = [kernel, initrd, rootfs, params].filter((pattern) => pattern !== undefined);
  const [unknown] = patterns.flatMap(unknownPlaceholders);
  if (unknown !== undefined) {
    const known = placeholders.map((name) => `{${name}}`).join(', ');
    throw bad(`{${unknown}} stands for nothing; ${known} are filled in.`);
  }
  if (patterns.length === 0) return undefined;
  if (kernel === undefined || initrd === undefined) throw bad('Give both --kernel-url and --initrd-url.');
  return { kernel, initrd, rootfs, params: params ?? '' };
}

function parseProvision(text: string): ProvisionOption {
  const place = parseProvisionPlace(text);
  if (place?.kind === 'files') return place;
  if (place !== undefined && URL.canParse(place.address)) {
    const server = new URL(place.address);
    if (server.username !== '' || server.password !== '')
      throw bad('--provision: leave user and password out of the URL.');
    // A token is sent there.
    if (isTokenAddress(place.address)) return { kind: 'openchami', server };
    throw bad(`--provision takes an https URL; "${place.address}" is none.`);
  }
  throw bad(`--provision takes files:FOLDER or openchami:URL, not "${text}".`);
}

function parseBmcs(text: string): BmcCheck {
  if (text === 'all' || text === 'none') return { kind: text };
  const hostnames = text.split(',').filter((name) => name !== '');
  if (hostnames.length === 0) throw bad('--bmcs takes all, none, or hostnames separated by commas.');
  return { kind: 'only', hostnames };
}
