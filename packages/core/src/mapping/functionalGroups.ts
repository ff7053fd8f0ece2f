import { omniaVersions, traitsOf, type OmniaVersion } from './versions.ts';

export type Layer = 'management' | 'compute';

/** A role that Omnia knows by name. */
export interface FunctionalGroup {
  readonly name: string;
  readonly layer: Layer;
  readonly since: '2.1' | '2.2';
  readonly description: string;
}

/** The closed list of 2.1 and 2.2 (omnia.md section 1.4; Omnia's `FUNCTIONAL_GROUP_LAYER_MAP`). */
export const functionalGroups: readonly FunctionalGroup[] = [
  group('service_kube_control_plane_x86_64', 'management', 'Kubernetes control plane of the service cluster'),
  group('service_kube_control_plane_first_x86_64', 'management', 'Primary control plane; Omnia assigns it itself'),
  group('service_kube_node_x86_64', 'management', 'Kubernetes worker; may be parent of compute nodes'),
  group('slurm_control_node_x86_64', 'management', 'Slurm head node'),
  group('slurm_node_x86_64', 'compute', 'Slurm worker'),
  group('slurm_node_aarch64', 'compute', 'Slurm worker'),
  group('login_node_x86_64', 'management', 'Login node'),
  group('login_node_aarch64', 'management', 'Login node'),
  group('login_compiler_node_x86_64', 'management', 'Login node with compilers'),
  group('login_compiler_node_aarch64', 'management', 'Login node with compilers'),
  group('os_x86_64', 'compute', 'Node with the bare OS only', '2.2'),
  group('os_aarch64', 'compute', 'Node with the bare OS only', '2.2'),
];

function group(name: string, layer: Layer, description: string, since: '2.1' | '2.2' = '2.1'): FunctionalGroup {
  return { name, layer, since, description };
}

const byName = new Map(functionalGroups.map((entry) => [entry.name, entry]));

/** The roles that a classic version accepts. */
export function knownGroups(version: OmniaVersion): readonly FunctionalGroup[] {
  return functionalGroups.filter(({ since }) => isIn(since, version));
}

function isIn(since: OmniaVersion, version: OmniaVersion): boolean {
  return omniaVersions.indexOf(since) <= omniaVersions.indexOf(version);
}

export function isKnownGroup(name: string, version: OmniaVersion): boolean {
  const entry = byName.get(name);
  return entry !== undefined && isIn(entry.since, version);
}

export const architectures = ['x86_64', 'aarch64'] as const;
export type Architecture = (typeof architectures)[number];

/** A functional group taken apart as 2.3 does: `slurm_node_rhel_10_0_x86_64` is slurm_node, rhel_10_0, x86_64. */
export interface GroupIdentity {
  readonly role: string;
  readonly osRelease: string | undefined;
  readonly architecture: Architecture;
}

const osReleaseSuffix = /_((?:rhel|rocky|ubuntu|sles)(?:_[0-9]+)*)$/;

/** Undefined when the name lacks an architecture suffix. */
export function groupIdentity(name: string): GroupIdentity | undefined {
  const architecture = architectures.find((suffix) => name.endsWith(`_${suffix}`));
  if (architecture === undefined) return undefined;
  const stem = name.slice(0, -(architecture.length + 1));
  const os = osReleaseSuffix.exec(stem);
  return { role: os === null ? stem : stem.slice(0, os.index), osRelease: os?.[1], architecture };
}

/** The layer of a role: from the closed list in 2.1 and 2.2, by prefix in 2.3; undefined when a classic version does not know it. */
export function layerOf(name: string, version: OmniaVersion): Layer | undefined {
  if (!traitsOf(version).catalogRoles) return isKnownGroup(name, version) ? byName.get(name)?.layer : undefined;
  return /^(?:service_kube_|slurm_control_node|login_)/.test(name) ? 'management' : 'compute';
}

/** Roles that must be in the catalog, and carry an OS release in late 2.3 (prefixes of the 2.3 validator). */
export function isCatalogManaged(name: string): boolean {
  return /^(?:service_kube_|slurm_|login_node_|login_compiler_node_|os_)/i.test(name);
}
