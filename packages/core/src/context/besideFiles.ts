import type { OmniaVersion } from '../mapping/versions.ts';
import { contextCodes, type ContextCode } from './contextCodes.ts';
import type { ValidationContext } from './context.ts';
import { parseCatalog } from './parseCatalog.ts';
import { parseOmniaConfig, parseHighAvailability } from './parseClusters.ts';
import { parseCloudInit } from './parseCloudInit.ts';
import { parseGroupConfig } from './parseGroupConfig.ts';
import { parseNetworkSpec } from './parseNetworkSpec.ts';
import { parseProvisionConfig } from './parseProvisionConfig.ts';
import { parsePxeBootConfig } from './pxeBootConfig.ts';
import { parseSoftwareConfig } from './parseSoftwareConfig.ts';
import { parseStorageConfig } from './parseStorageConfig.ts';
import type { ContextProblem, Parsed } from './problem.ts';
import type { BesideKind } from './besideNames.ts';

/** What a file next to the mapping file says, and what is wrong with it. */
export interface ReadBeside {
  /** Undefined: nothing in it can be relied on. */
  readonly facts: Partial<ValidationContext> | undefined;
  readonly problems: readonly ContextProblem[];
}

type Reader = (text: string, version: OmniaVersion, name: string) => ReadBeside;

/** One reader for each kind of file. */
const readers: Readonly<Record<BesideKind, Reader>> = {
  network: (text, version) => read(parseNetworkSpec(text, version), (network) => ({ network })),
  software: (text) => read(parseSoftwareConfig(text), (software) => ({ software })),
  config: (text, _version, name) =>
    read(parseProvisionConfig(text, name), ({ dnsEnabled }) => (dnsEnabled === undefined ? {} : { dnsEnabled })),
  catalog: (text) => read(parseCatalog(text), (catalog) => ({ catalog })),
  // The plan depends on it; rows do not.
  pxeBoot: (text) => read(parsePxeBootConfig(text), () => ({})),
  groupConfig: (text) => read(parseGroupConfig(text), (groupConfig) => ({ groupConfig })),
  cloudInit: (text) => read(parseCloudInit(text), (cloudInitGroups) => ({ cloudInitGroups })),
  storage: (text) => read(parseStorageConfig(text), (storageGroups) => ({ storageGroups })),
  clusters: (text) => read(parseOmniaConfig(text), (podRange) => (podRange === undefined ? {} : { podRange })),
  highAvailability: (text) =>
    read(parseHighAvailability(text), (virtualIp) => (virtualIp === undefined ? {} : { virtualIp })),
};

/** Reads a file next to the mapping file. Never throws. What the version does not check is left out. */
export function readBeside(kind: BesideKind, text: string, version: OmniaVersion, name: string): ReadBeside {
  const { facts, problems } = readers[kind](text, version, name);
  return { facts, problems: problems.filter(({ code }) => isTold(code, version)) };
}

function isTold(code: ContextCode, version: OmniaVersion): boolean {
  return contextCodes[code][version] !== 'off';
}

function read<T>({ value, problems }: Parsed<T>, facts: (value: T) => Partial<ValidationContext>): ReadBeside {
  // A single value may be undefined; a file that cannot be read has a problem about the whole file.
  return { facts: value === undefined ? undefined : facts(value), problems };
}
