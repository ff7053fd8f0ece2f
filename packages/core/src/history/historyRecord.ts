import { isJsonObject, jsonObjectIn, textField, type JsonObject } from '../text/jsonFields.ts';

/**
 * The history of one run, in a file of its own that is only ever appended to: one JSON object per line. It tells people
 * what was done; a run is resumed from the journal instead. Times are ISO 8601. Nothing secret is in it.
 */
export type HistoryRecord = RunBegun | NodeStep | NodeReset | NodeDrained | NodeEnded | RunNote | RunEnded;

export interface RunBegun {
  readonly type: 'run';
  readonly at: string;
  /** Identifier of the run. */
  readonly run: string;
  /** Name of the stage. */
  readonly stage: string;
  readonly backend: string;
  /** Empty: not known. */
  readonly imageGroup: string;
  /** Empty: none. */
  readonly jobId: string;
  readonly by: Author;
  /** The server that was asked to do it, and the project there; empty: none. */
  readonly server: string;
  /** What it was done to, such as a job of a pipeline; empty: the nodes. */
  readonly subject: string;
  /** Path as given and SHA-256 of its text; undefined: the run had none. */
  readonly mapping: { readonly file: string; readonly digest: string } | undefined;
  /** Digest of the plan, as `--plan` takes it. */
  readonly plan: string;
  /** What there was to read before the answers, besides the nodes; in the words that were shown, or in English. */
  readonly shown: readonly string[];
  readonly answers: readonly Answer[];
  /** Every node that the plan names, and what was to happen to it. */
  readonly nodes: readonly NodeInPlan[];
}

/** Who ran it, and with what. Each empty where it is not known. */
export interface Author {
  readonly user: string;
  readonly host: string;
  /** Name of the user at GitLab whom the token belongs to. */
  readonly gitlabUser: string;
  /** `command line` or `editor`. */
  readonly program: string;
  readonly version: string;
}

/** A question that was asked before anything was touched, and how it was answered: a button, `y`, or the option given. */
export interface Answer {
  readonly question: string;
  readonly answer: string;
}

export interface NodeInPlan {
  readonly bmcIp: string;
  readonly hostname: string;
  /** `run`: the run touches it; `leave`: it is left alone. */
  readonly action: 'run' | 'leave';
  /** In English. */
  readonly why: string;
}

/** A step of a node begins. */
export interface NodeStep {
  readonly type: 'step';
  readonly at: string;
  readonly bmcIp: string;
  readonly step: string;
}

/** Written when a reset is about to be sent. */
export interface NodeReset {
  readonly type: 'reset';
  readonly at: string;
  readonly bmcIp: string;
  readonly kind: string;
}

/** `drained`: about to be taken out for new work by its workload manager; `resumed`: given back. */
export interface NodeDrained {
  readonly type: 'drained' | 'resumed';
  readonly at: string;
  readonly bmcIp: string;
  readonly hostname: string;
}

/** The outcome of a node. Checks on it leave a note when they do not pass. */
export interface NodeEnded {
  readonly type: 'node';
  readonly at: string;
  readonly bmcIp: string;
  readonly hostname: string;
  readonly status: 'success' | 'failed' | 'left';
  readonly message: string;
  readonly advice: string;
}

/** What else was said: a stop with its reason, a warning, a mark. */
export interface RunNote {
  readonly type: 'note';
  readonly at: string;
  readonly text: string;
}

export interface RunEnded {
  readonly type: 'end';
  readonly at: string;
  /** How the stage ended as a whole, whatever is recorded about single nodes. */
  readonly outcome: RunOutcome;
  /** Why it ended before all was done; empty: it went through. */
  readonly stopped: string;
  /** In a sentence, such as counts. */
  readonly summary: string;
}

/** `unknown`: it is not known, for example when a stage that a server runs was left running. */
export type RunOutcome = (typeof outcomes)[number];

const outcomes = ['succeeded', 'failed', 'unknown'] as const;

/** A line of the file; `clean` takes secrets out of each text. */
export function historyLine(record: HistoryRecord, clean: (text: string) => string): string {
  const replacer = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !ours.has(key) ? clean(value) : value;
  return `${JSON.stringify(record, replacer)}\n`;
}

/** Words of our own by which a record is read. */
const ours: ReadonlySet<string> = new Set(['type', 'at', 'status', 'action', 'outcome']);

/** What a history says; lines that cannot be read are left out, as a kill or a full disk may have torn them. */
export function readHistory(text: string): HistoryRecord[] {
  return text.split('\n').flatMap((line) => {
    const value = jsonObjectIn(line);
    const record = value === undefined ? undefined : recordOf(value);
    return record === undefined ? [] : [record];
  });
}

function recordOf(value: JsonObject): HistoryRecord | undefined {
  const text = (name: string): string => textField(value, name) ?? '';
  const at = text('at');
  if (Number.isNaN(Date.parse(at))) return undefined;
  switch (value['type']) {
    case 'run':
      return runOf(value, at);
    case 'step':
      return { type: 'step', at, bmcIp: text('bmcIp'), step: text('step') };
    case 'reset':
      return { type: 'reset', at, bmcIp: text('bmcIp'), kind: text('kind') };
    case 'drained':
    case 'resumed':
      return { type: value['type'], at, bmcIp: text('bmcIp'), hostname: text('hostname') };
    case 'node': {
      const status = (['success', 'failed', 'left'] as const).find((known) => known === text('status'));
      if (status === undefined) return undefined;
      const names = { bmcIp: text('bmcIp'), hostname: text('hostname') };
      return { type: 'node', at, ...names, status, message: text('message'), advice: text('advice') };
    }
    case 'note':
      return { type: 'note', at, text: text('text') };
    case 'end':
      return {
        type: 'end',
        at,
        outcome: outcomeOf(text('outcome')),
        stopped: text('stopped'),
        summary: text('summary'),
      };
    default:
      return undefined;
  }
}

function outcomeOf(text: string): RunOutcome {
  return outcomes.find((known) => known === text) ?? 'unknown';
}

function runOf(value: JsonObject, at: string): RunBegun {
  const text = (name: string): string => textField(value, name) ?? '';
  const by = isJsonObject(value['by']) ? value['by'] : {};
  const of = (name: string): string => textField(by, name) ?? '';
  const mapping = isJsonObject(value['mapping']) ? value['mapping'] : undefined;
  return {
    type: 'run',
    at,
    run: text('run'),
    stage: text('stage'),
    backend: text('backend'),
    imageGroup: text('imageGroup'),
    jobId: text('jobId'),
    by: {
      user: of('user'),
      host: of('host'),
      gitlabUser: of('gitlabUser'),
      program: of('program'),
      version: of('version'),
    },
    server: text('server'),
    subject: text('subject'),
    mapping:
      mapping === undefined
        ? undefined
        : { file: textField(mapping, 'file') ?? '', digest: textField(mapping, 'digest') ?? '' },
    plan: text('plan'),
    shown: Array.isArray(value['shown']) ? value['shown'].filter((line) => typeof line === 'string') : [],
    answers: objectsIn(value['answers']).map((one) => ({
      question: textField(one, 'question') ?? '',
      answer: textField(one, 'answer') ?? '',
    })),
    nodes: objectsIn(value['nodes']).map((one) => ({
      bmcIp: textField(one, 'bmcIp') ?? '',
      hostname: textField(one, 'hostname') ?? '',
      action: textField(one, 'action') === 'run' ? 'run' : 'leave',
      why: textField(one, 'why') ?? '',
    })),
  };
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
