/** How Molecule is called. */
export interface MoleculeSettings {
  /** Program and arguments, taken as they are: no shell reads them. */
  readonly command: readonly [string, ...string[]];
  /** Working directory, absolute. */
  readonly folder: string;
  /** Its complete environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it writes its report, JUnit XML or JSON, relative to its folder; undefined: there is only its exit code. */
  readonly report: string | undefined;
  /** From the request to end until it is forced to. */
  readonly graceMs: number;
}

/** What Molecule, Ansible and Python need; nothing that begins with BUILDSTREAM_ is among it. */
const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|SSH_AUTH_SOCK|VIRTUAL_ENV|ANSIBLE_(?:CONFIG|COLLECTIONS_PATH|ROLES_PATH|INVENTORY)|MOLECULE_\w+|PY_COLORS)$/;

/** The part of an environment that is handed to Molecule: a fixed list, and what the user names. */
export function moleculeEnv(
  env: Readonly<Record<string, string | undefined>>,
  named: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && (passedOn.test(name) || named.includes(name)) ? [[name, value]] : [],
    ),
  );
}
