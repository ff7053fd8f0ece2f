/** What a job script of Omnia prints about a stage that failed. */
export interface JobCause {
  /** `PLAYBOOK_EXECUTION_FAILED` and the like. */
  readonly code: string | undefined;
  readonly summary: string | undefined;
  /** On the management server. */
  readonly logFile: string | undefined;
  /** 2.3 only. */
  readonly stageState: string | undefined;
  readonly attempt: number | undefined;
}

const fields = {
  'error code': 'code',
  'error summary': 'summary',
  'log file path': 'logFile',
  'stage state': 'stageState',
  attempt: 'attempt',
} as const;

const line = /^[\s\W]{0,8}(Error Code|Error Summary|Log File Path|Stage State|Attempt)\s{0,20}[:=]\s{0,20}(\S.*)$/i;
const nothing = new Set(['null', 'none', 'n/a', '-', 'unknown']);

/**
 * The cause in the words of the job itself; of several the last, since a request may have been tried again. Undefined
 * when the log has none.
 * @param lines text without colours
 */
export function jobCauseIn(lines: readonly string[]): JobCause | undefined {
  const found = new Map<string, string>();
  for (const text of lines) {
    if (!text.includes(':') && !text.includes('=')) continue;
    const [, name = '', value = ''] = line.exec(text) ?? [];
    const field = fields[name.toLowerCase() as keyof typeof fields] as string | undefined;
    if (field === undefined || nothing.has(value.trim().toLowerCase())) continue;
    found.set(field, value.trim());
  }
  if (!found.has('code') && !found.has('summary')) return undefined;
  const attempt = Number(found.get('attempt') ?? Number.NaN);
  return {
    code: found.get('code'),
    summary: found.get('summary'),
    logFile: found.get('logFile'),
    stageState: found.get('stageState'),
    attempt: Number.isInteger(attempt) ? attempt : undefined,
  };
}
