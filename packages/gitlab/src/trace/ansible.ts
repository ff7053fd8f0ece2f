/** What the lines of Ansible's default callback tell, as Omnia's playbooks print them. */

/** A task that failed for a host. */
export interface AnsibleFailure {
  readonly host: string;
  /** The item of a loop; Omnia's loops over nodes name the node here, and the host is the one that runs the loop. */
  readonly item: string | undefined;
}

// `fatal: [host]: FAILED! => …`, `failed: [host] (item=…) => …`, `fatal: [host -> other]`.
const failure = /^\s*(?:fatal|failed): \[([^\]\s]+)(?:\s[^\]]*)?\](?: \(item=([^()\s]+)\))?/;
const recap = /^(\S+)\s*: ok=\d+\s+changed=\d+\s+unreachable=(\d+)\s+failed=(\d+)/;

/** Undefined: the line tells of none. */
export function ansibleFailureIn(line: string): AnsibleFailure | undefined {
  const [, host, item] = failure.exec(line) ?? [];
  return host === undefined ? undefined : { host, item };
}

/** One line of `PLAY RECAP`: how many tasks ended a host. Undefined: the line is none. */
export function recapIn(line: string): { readonly host: string; readonly failures: number } | undefined {
  const [, host, unreachable, failed] = recap.exec(line) ?? [];
  return host === undefined ? undefined : { host, failures: Number(unreachable) + Number(failed) };
}
