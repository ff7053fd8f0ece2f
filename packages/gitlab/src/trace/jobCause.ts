/** What a job script of Omnia prints about a stage that failed. */
export interface JobCause {
  /** `PLAYBOOK_EXECUTION_FAILED` and the like. */
  readonly code: string | undefined;
  /** In its own words; without a code, what the script said last before it gave up. */
  readonly summary: string | undefined;
  /** On the management server: a file, or the folder of the job while the file is not known yet. */
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
/**
 * Of a response of the API, which 2.1 prints for a stage that failed, and every version for a request that is refused.
 */
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
/** The response printed below it is not the cause: the job continues. */
const warning = /^\s{0,8}(?:\[WARN\]|WARNING:)/;
const answerLine = /^\s{0,40}(?:["{}\]]|$)/;
/** What a script says about itself; not what the runner says about every job. */
const error = /^\s{0,8}(?:\[TOKEN[^\]]{0,20}\] )?(ERROR|WARNING): (?!Job failed: exit)(\S.*)$/;
/** It continued: what it complained about before is not why it ended. */
const goesOn = /^\s{0,8}\[(?!WARN\b)[^\]]{1,40}\](?! ERROR:)/;
/** Lines of one block stand this close. */
const blockLines = 8;

type Found = Map<keyof JobCause | 'message', string>;

/**
 * The cause in the words of the job itself: if there are several, the last, since a request may have been tried again;
 * separate blocks are not mixed. A script that has no code for it says ERROR, and where the log of the stage is.
 * Undefined when the log has none.
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
      // A second one begins another block: a repetition, or one of another request.
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

/**
 * What the API says about a request counts as the summary only next to its code: it has messages for what works too.
 */
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
