/** A file or folder on the management server that a job's log names. */
export interface ServerFile {
  /** Absolute. Contains nothing that a shell interprets. */
  readonly path: string;
  readonly isFolder: boolean;
}

// Only characters of Omnia's paths: the path becomes part of a shell command, and anyone may have written the log.
const place =
  /^[\s\W]{0,8}(Artifact Directory|Log File Path|Job Log Directory)\s{0,20}:\s{0,20}(\/[\w./@+=,-]{1,1000})\s{0,8}$/i;
/** By preference: the report, then the log of the playbook, then the folder of all logs. */
const names = ['artifact directory', 'log file path', 'job log directory'];

/**
 * Where a stage left its report: the last path of the most likely kind that the job script names. Undefined if the log
 * names none.
 * @param lines text without colors
 */
export function serverFileIn(lines: readonly string[]): ServerFile | undefined {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', path = ''] = place.exec(line) ?? [];
    if (path !== '' && !path.split('/').includes('..')) found.set(name.toLowerCase(), path);
  }
  const name = names.find((one) => found.has(one));
  const path = name === undefined ? undefined : found.get(name);
  return path === undefined ? undefined : { path, isFolder: name !== 'log file path' };
}

/** The command that copies the file from the management server. @param host as ssh knows the management server */
export function copyLine({ path, isFolder }: ServerFile, host: string): string {
  return `scp ${isFolder ? '-r ' : ''}${/^[\w.-]+$/.test(host) ? `root@${host}` : 'root@MANAGEMENT-SERVER'}:${path} .`;
}
