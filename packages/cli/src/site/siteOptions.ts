import type { SiteKeyName } from '@omnia-buildstream/core/site/siteKeys';

/** Values of options as Node reads them. */
export type OptionValue = string | boolean | readonly string[];

/** A key of buildstream.yml as the options that say the same. */
interface SiteOption {
  /** The first takes the value; with others it is a question that all of them answer together. */
  readonly names: readonly [string, ...string[]];
  /** Undefined: as if nothing had been specified. */
  readonly give: (value: unknown) => OptionValue | Readonly<Record<string, OptionValue>> | undefined;
}

const asText = (value: unknown): string => String(value);
const asTexts = (value: unknown): readonly string[] => (value as readonly string[]).map(String);
const asPairs = (value: unknown): readonly string[] =>
  Object.entries(value as Readonly<Record<string, unknown>>).map(([name, one]) => `${name}=${String(one)}`);

/** Those of the stages; `validate` has the three others itself. */
export const siteOptions: Readonly<Partial<Record<SiteKeyName, SiteOption>>> = {
  images: { names: ['images', 'images-api'], give: (value) => ({ images: asText(value) }) },
  imageUrls: {
    names: ['kernel-url', 'initrd-url', 'rootfs-url', 'kernel-params'],
    give: (value) => {
      const { kernel, initrd, rootfs, params } = value as Readonly<Record<string, string>>;
      const all = { 'kernel-url': kernel, 'initrd-url': initrd, 'rootfs-url': rootfs, 'kernel-params': params };
      return Object.fromEntries(Object.entries(all).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])));
    },
  },
  provision: { names: ['provision'], give: asText },
  concurrency: { names: ['concurrency'], give: asText },
  stagger: { names: ['stagger'], give: asText },
  lasting: { names: ['continuous'], give: (value) => value === 'continuous' },
  boot: { names: ['boot'], give: asText },
  bootNic: { names: ['boot-nic'], give: (value) => value === true },
  restart: { names: ['graceful'], give: (value) => value === 'graceful' },
  canary: { names: ['canary'], give: asText },
  inFlight: { names: ['in-flight'], give: (value) => (value === 0 ? undefined : asText(value)) },
  maxFailed: { names: ['max-failed'], give: asText },
  maxUnreachable: { names: ['max-unreachable'], give: asText },
  protectedNodes: { names: ['protect'], give: asTexts },
  report: { names: ['report'], give: asText },
  limits: { names: ['limit'], give: asPairs },
  ports: { names: ['port'], give: asPairs },
  nfsHosts: { names: ['nfs'], give: asTexts },
  hostsFile: { names: ['hosts'], give: asText },
  resolver: { names: ['resolver'], give: asText },
};
