/** What a job script of Omnia prints about a failed stage. */
export interface JobCause {
  /** Such as `PLAYBOOK_EXECUTION_FAILED`. */
  readonly code: string | undefined;
  /** In its own words. Without a code, the script's last message before it gave up. */
  readonly summary: string | undefined;
  /** Path on the management server: a file, or the job's folder while the file is not known yet. */
  readonly logFile: string | undefined;
  /** 2.3 only. */
  readonly stageState: string | undefined;
  readonly attempt: number | undefined;
}

const fields: Readonly<Record<string, keyof JobCause>> = {
  'error code': 'code',
  'error summary': 'summary',
  'log file path': 'logFile',
  'job log directory': 'logFile',
  'stage state': 'stageState',
  attempt: 'attempt',
};
/** Fields of an API response. 2.1 prints one for a failed stage, every version for a refused request. */
const keys: Readonly<Record<string, keyof JobCause | 'message'>> = {
  error_code: 'code',
  error: 'code',
  error_summary: 'summary',
  message: 'message',
  log_file_path: 'logFile',
  stage_state: 'stageState',
  attempt: 'attempt',
};

const line = /^\W*(Error Code|Error Summary|Log File Path|Job Log Directory|Stage State|Attempt)\s*[:=]\s*(\S.*)$/i;
const pair =
  /"(error_code|error_summary|error|message|log_file_path|stage_state|attempt)"\s{0,4}:\s{0,4}(?:"((?:[^"\\]|\\.){0,2000})"|(\d{1,6})\b)/g;
const nothing = /^(?:null|none|-|unknown|n\/a\b.*)?$/i;
/** The response printed below a warning is not the cause: the job continues. */
const warning = /^\s{0,8}(?:\[WARN\]|WARNING:)/;
const answerLine = /^\s{0,40}(?:["{}\]]|$)/;
/** A message of the script itself, as opposed to the runner's message about every failed job. */
const error = /^\s{0,8}(?:\[TOKEN[^\]]{0,20}\] )?(ERROR|WARNING): (?!Job failed: exit)(\S.*)$/;
/** The script continued, so what it reported before is not why it ended. */
const goesOn = /^\s{0,8}\[(?!WARN\b)[^\]]{1,40}\](?! ERROR:)/;
/** Lines of one block are at most this far apart. */
const blockLines = 8;

type Found = Map<keyof JobCause | 'message', string>;

/**
 * The cause in the job's own words. If there are several, the last one counts, because a request may have been tried
 * again; separate blocks are not mixed. A script without a code for the cause prints ERROR and where the log of the
 * stage is. Undefined if the log contains no cause.
 * @param lines text without colors
 */
export function jobCauseIn(lines: readonly string[]): JobCause | undefined {
  let cause: JobCause | undefined;
  let block: Found = new Map();
  let end = 0;
  let isWarned = false;
  let said: ReadonlyMap<string, string> = new Map();
  lines.forEach((text, index) => {
    if (!answerLine.test(text)) isWarned = warning.test(text);
    said = saidAfter(said, text);
    const here = isWarned ? [] : fieldsIn(text);
    if (here.length === 0) return;
    if (index - end > blockLines) block = new Map();
    end = index;
    for (const [field, value] of here) {
      // A second code begins another block: a repetition, or the code of another request.
      if (field === 'code' && block.has('code')) block = new Map();
      block.set(field, value);
    }
    cause = causeOf(block) ?? cause;
  });
  const last = said.get('ERROR') ?? said.get('WARNING');
  if (cause !== undefined || last === undefined) return cause;
  return causeOf(new Map([...(lines.length - end > 2 * blockLines ? [] : block), ['summary', last]]));
}

/** The last ERROR and the last WARNING of a script that has not continued since. */
function saidAfter(before: ReadonlyMap<string, string>, text: string): ReadonlyMap<string, string> {
  if (goesOn.test(text)) return new Map();
  const [, kind, words] = error.exec(text) ?? [];
  return kind === undefined || words === undefined ? before : new Map([...before, [kind, words]]);
}

function fieldsIn(text: string): (readonly [keyof JobCause | 'message', string])[] {
  if (!text.includes(':') && !text.includes('=')) return [];
  const [, name = '', value = ''] = line.exec(text) ?? [];
  const field = fields[name.toLowerCase()];
  if (field !== undefined) return nothing.test(value.trim()) ? [] : [[field, value.trim()]];
  if (!text.includes('"')) return [];
  return [...text.matchAll(pair)].flatMap(([, key = '', words, number]) => {
    const [found, said] = [keys[key], (words === undefined ? (number ?? '') : unquoted(words)).trim()];
    return found === undefined || nothing.test(said) ? [] : [[found, said] as const];
  });
}

function unquoted(words: string): string {
  try {
    return String(JSON.parse(`"${words}"`));
  } catch {
    return words;
  }
}

/** The API's message counts as the summary only next to a code, because the API has messages for success, too. */
function causeOf(block: Found): JobCause | undefined {
  const code = block.get('code');
  const summary = block.get('summary') ?? (code === undefined ? undefined : block.get('message'));
  if (code === undefined && summary === undefined) return undefined;
  const attempt = Number(block.get('attempt') ?? Number.NaN);
  return {
    code,
    summary,
    logFile: block.get('logFile'),
    stageState: block.get('stageState'),
    attempt: Number.isInteger(attempt) ? attempt : undefined,
  };
}
