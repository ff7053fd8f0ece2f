/** A file or folder on the management server that the log of a job names. */
export interface ServerFile {
  /** Absolute. No shell interprets anything in it. */
  readonly path: string;
  readonly isFolder: boolean;
}

// The characters of a path of Omnia's: it becomes part of a line for a shell, whoever wrote the log.
const place =
  /^[\s\W]{0,8}(Artifact Directory|Log File Path|Job Log Directory)\s{0,20}:\s{0,20}(\/[\w./@+=,-]{1,1000})\s{0,8}$/i;
/** The report comes before the log of the playbook, and that before the folder of all logs. */
const names = ['artifact directory', 'log file path', 'job log directory'];

/**
 * Where a stage left its report: what the job script names last, the likeliest first. Undefined when the log names none.
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

/** The line that fetches it from elsewhere. @param host as ssh knows the management server */
export function copyLine({ path, isFolder }: ServerFile, host: string): string {
  return `scp ${isFolder ? '-r ' : ''}${/^[\w.-]+$/.test(host) ? `root@${host}` : 'root@MANAGEMENT-SERVER'}:${path} .`;
}
