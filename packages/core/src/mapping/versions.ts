/** What a version does differently, each trait named for what it says. A new version is one entry of the table below. */
export interface VersionTraits {
  /** The header is demanded exactly, and rows of another width are refused; otherwise any order, case ignored. */
  readonly fixedColumns: boolean;
  /** The validator skips comments and rows without a visible character; otherwise it refuses or reads them. */
  readonly readsComments: boolean;
  /**
   * The restart stage knows no comments: a row that starts with `#` is a node, and anything but a row with a BMC_IP
   * ends the stage.
   */
  readonly restartsComments: boolean;
  /** A comment is judged as a row before it is refused. */
  readonly judgesComments: boolean;
  /** An unclosed quote makes the lines below part of its cell. */
  readonly readsOnInQuotes: boolean;
  /** Tags in ASCII, hostnames in lower case from a letter, MACs with one separator, nid names with three digits. */
  readonly strictNames: boolean;
  /** Roles are any names that end in an architecture and are in the catalog; otherwise a closed list. */
  readonly catalogRoles: boolean;
  /** Whether roles of the catalog carry an OS release. */
  readonly osRelease: 'none' | 'optional' | 'demanded';
  /** Parents must exist, and all rows of a group have the same one. */
  readonly judgesParents: boolean;
  /** Groups may be scalable units, and roles of the bare OS exist. */
  readonly scalableUnits: boolean;
  /** network_spec.yml gives the admin network as `subnet`; otherwise it follows from the address of the management server. */
  readonly namesSubnet: boolean;
  /** Addresses may lie in `additional_subnets`. */
  readonly additionalSubnets: boolean;
  /** There are columns for InfiniBand. */
  readonly infiniband: boolean;
  /** InfiniBand has columns for addresses of both families. */
  readonly dualStack: boolean;
  /**
   * Deploy and restart fetch the input files of the branch first, if they can; otherwise they use those of the
   * pipeline's commit.
   */
  readonly refreshesInputs: boolean;
  /** GitLab has one pipeline, for catalogs only, which builds and prepares the nodes without asking in between. */
  readonly singlePipeline: boolean;
  /** orchestrator_config.yml and set_pxe_boot_config.yml switch what the restart stage does. */
  readonly switchesPxeBoot: boolean;
  /** Where a project keeps its mapping file. */
  readonly folder: 'input' | 'input/orchestrator';
}

const v21: VersionTraits = {
  fixedColumns: false,
  readsComments: false,
  restartsComments: false,
  judgesComments: true,
  readsOnInQuotes: true,
  strictNames: false,
  catalogRoles: false,
  osRelease: 'none',
  judgesParents: true,
  scalableUnits: false,
  namesSubnet: false,
  additionalSubnets: false,
  infiniband: false,
  dualStack: false,
  refreshesInputs: false,
  singlePipeline: true,
  switchesPxeBoot: false,
  folder: 'input',
};
const v22: VersionTraits = {
  ...v21,
  judgesComments: false,
  singlePipeline: false,
  scalableUnits: true,
  additionalSubnets: true,
  infiniband: true,
};
const v23: VersionTraits = {
  ...v22,
  fixedColumns: true,
  readsComments: true,
  restartsComments: true,
  readsOnInQuotes: false,
  strictNames: true,
  catalogRoles: true,
  osRelease: 'optional',
  judgesParents: false,
  namesSubnet: true,
  refreshesInputs: true,
  switchesPxeBoot: true,
  folder: 'input/orchestrator',
};

/**
 * Generations of Omnia that disagree on the mapping file, oldest first (omnia.md section 0), each as what changed since
 * the one before. `2.3` is the early 2.3 validator, `2.3os` the later one that demands the OS release in catalog roles,
 * `next` the layout after 2.3 with InfiniBand IPv6.
 */
const traits = {
  '2.1': v21,
  '2.2': v22,
  '2.3': v23,
  '2.3os': { ...v23, osRelease: 'demanded' },
  next: { ...v23, dualStack: true },
} satisfies Readonly<Record<string, VersionTraits>>;

export type OmniaVersion = keyof typeof traits;
export const omniaVersions = Object.keys(traits) as readonly OmniaVersion[];

export const defaultOmniaVersion: OmniaVersion = '2.2';

/** The names of all versions, as English helps list them. */
export const omniaVersionList = [omniaVersions.slice(0, -1).join(', '), ...omniaVersions.slice(-1)].join(' or ');

export function isOmniaVersion(text: string): text is OmniaVersion {
  return Object.hasOwn(traits, text);
}

export function traitsOf(version: OmniaVersion): VersionTraits {
  return traits[version];
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';
export type Level = Severity | 'off';

/** A rule's level in each version. */
export type Levels = Readonly<Record<OmniaVersion, Level>>;

/** Levels from the versions in which they change; later ones inherit, and before the first the rule is off. */
export function levels(changes: Readonly<Partial<Record<OmniaVersion, Level>>>): Levels {
  let level: Level = 'off';
  const entries = omniaVersions.map((version) => [version, (level = changes[version] ?? level)] as const);
  return Object.fromEntries(entries) as Record<OmniaVersion, Level>;
}

/** The same level in every version. */
export function everywhere(level: Level): Levels {
  return levels({ '2.1': level });
}
