/** What the lines of Ansible's default callback mean, as Omnia's playbooks print them. */

/** A task that failed for a host. */
export interface AnsibleFailure {
  readonly host: string;
  /** The item of a loop. Omnia's loops over nodes name the node here, and the host is the one that runs the loop. */
  readonly item: string | undefined;
}

// `fatal: [host]: FAILED! => …`, `failed: [host] (item=…) => …`, `fatal: [host -> other]`.
const failure = /^\s*(?:fatal|failed): \[([^\]\s]+)(?:\s[^\]]*)?\](?: \(item=([^()\s]+)\))?/;
// `ok: [host]`, `changed: [host -> other] => (item=…)`, `ok: [host] => {`.
const progress = /^\s{0,8}(?:ok|changed): \[([^\]\s]+)(?:\s[^\]]*)?\](?: => \(item=([^()\s]+)\))?/;
const taskHeader = /^(?:TASK|RUNNING HANDLER) \[(.*)\] \**$/;
const ignored = /^\s*\.\.\.ignoring\s*$/;
const message = /"msg": "((?:[^"\\]|\\.){1,500})/;
const recap = /^(\S+)\s*: ok=\d+\s+changed=\d+\s+unreachable=(\d+)\s+failed=(\d+)/;

/** Undefined if the line names none. */
export function ansibleFailureIn(line: string): AnsibleFailure | undefined {
  const [, host, item] = failure.exec(line) ?? [];
  return host === undefined ? undefined : { host, item };
}

/** What has finished the running task: a host, or one item of a loop. Undefined if the line names none. */
export function progressIn(line: string): AnsibleFailure | undefined {
  const [, host, item] = progress.exec(line) ?? [];
  return host === undefined ? undefined : { host, item };
}

/** The name of the task that begins, including its role. Undefined if none does. */
export function taskHeaderIn(line: string): string | undefined {
  return taskHeader.exec(line)?.[1];
}

/** The name of the task that begins, without its role. */
export function ansibleTaskIn(line: string): string | undefined {
  const name = taskHeaderIn(line);
  return name?.slice(name.indexOf(' : ') + 1 === 0 ? 0 : name.indexOf(' : ') + 3);
}

/** Whether the line says that the failure above is ignored. */
export function isIgnoring(line: string): boolean {
  return ignored.test(line);
}

/** The message in the result line of a task. Undefined if there is none. */
export function messageIn(line: string): string | undefined {
  const [, text] = message.exec(line) ?? [];
  return text?.replaceAll(/\\(.)/g, (_, character: string) => (/[nrt]/.test(character) ? ' ' : character));
}

/** One line of `PLAY RECAP`: how many tasks failed or could not reach the host. Undefined for any other line. */
export function recapIn(line: string): { readonly host: string; readonly failures: number } | undefined {
  const [, host, unreachable, failed] = recap.exec(line) ?? [];
  return host === undefined ? undefined : { host, failures: Number(unreachable) + Number(failed) };
}
