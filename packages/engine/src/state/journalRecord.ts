import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { isFailureKind, type FailureKind } from '../restart/failure.ts';

/**
 * The journal of a run, one JSON object a line. It is what a killed run is resumed from: Omnia's files say what was
 * achieved, the journal also says what was under way. Written before what it announces.
 */
export type JournalRecord =
  | {
      readonly type: 'begin';
      readonly at: string;
      readonly run: string;
      readonly jobId: string;
      readonly imageGroup: string;
    }
  | ResetIntent
  /** The BMC has taken the reset, or its state proves that it has. */
  | { readonly type: 'sent'; readonly at: string; readonly bmcIp: string }
  | NodeResult
  | { readonly type: 'end'; readonly at: string };

/** Written before a reset is sent: from here on the node may be restarting. */
export interface ResetIntent {
  readonly type: 'reset';
  readonly at: string;
  readonly bmcIp: string;
  readonly power: string;
  readonly lastResetTime: string | undefined;
  /** The override that was set; Once is used up by a boot, which proves one. */
  readonly override: string;
}

export interface NodeResult {
  readonly type: 'result';
  readonly at: string;
  readonly bmcIp: string;
  readonly hostname: string;
  readonly serviceTag: string;
  /** Undefined: booted. */
  readonly failure: FailureKind | undefined;
  /** As Omnia words it. */
  readonly message: string;
}

export function journalLine(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Reads a journal. A line that is cut off or is not ours is left out: a kill may tear the last one. */
export function readJournal(text: string): JournalRecord[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const value: unknown = JSON.parse(line);
      return isJsonObject(value) ? (recordOf(value) ?? []) : [];
    } catch {
      return [];
    }
  });
}

function recordOf(value: JsonObject): JournalRecord | undefined {
  const at = textField(value, 'at') ?? '';
  const bmcIp = textField(value, 'bmcIp') ?? '';
  const text = (name: string): string => textField(value, name) ?? '';
  switch (value['type']) {
    case 'begin':
      return { type: 'begin', at, run: text('run'), jobId: text('jobId'), imageGroup: text('imageGroup') };
    case 'reset': {
      const lastResetTime = textField(value, 'lastResetTime');
      return { type: 'reset', at, bmcIp, power: text('power'), lastResetTime, override: text('override') };
    }
    case 'sent':
      return { type: 'sent', at, bmcIp };
    case 'result': {
      const failure = textField(value, 'failure');
      const node = { bmcIp, hostname: text('hostname'), serviceTag: text('serviceTag'), message: text('message') };
      if (failure === undefined) return { type: 'result', at, ...node, failure: undefined };
      return { type: 'result', at, ...node, failure: isFailureKind(failure) ? failure : 'unexpected' };
    }
    case 'end':
      return { type: 'end', at };
    default:
      return undefined;
  }
}
