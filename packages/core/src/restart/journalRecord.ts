import { jsonObjectIn, textField, type JsonObject } from '../text/jsonFields.ts';
import { isFailureKind, type FailureKind } from './failureKind.ts';
import { resetKinds, type ResetKind } from './resetKind.ts';

/**
 * The journal of a run, one JSON object per line. A killed run is resumed from it: Omnia's files say what was achieved,
 * the journal also says what was in progress. Records are written before what they announce.
 */
export type JournalRecord =
  | {
      readonly type: 'begin';
      readonly at: string;
      readonly run: string;
      readonly jobId: string;
      readonly imageGroup: string;
      /** Stamp of Omnia's list of failed nodes that stood then; absent: not known. */
      readonly afterList?: string | undefined;
    }
  | ResetIntent
  /** The BMC has taken the reset, or its state proves that it has. */
  | { readonly type: 'sent'; readonly at: string; readonly bmcIp: string; readonly sent?: string }
  /** The BMC has said that it did not take the reset: nothing was done. */
  | { readonly type: 'refused'; readonly at: string; readonly bmcIp: string }
  | NodeResult
  | { readonly type: 'end'; readonly at: string }
  | Doubt;

/**
 * Only read, never written: a line of which this version cannot tell what it announced, such as one of a later version.
 * Whatever it was may have happened.
 */
export interface Doubt {
  readonly type: 'doubt';
  /** The node that it names; undefined: any of them. */
  readonly bmcIp: string | undefined;
}

/** Written before a reset is sent: from here on the node may be restarting. */
export interface ResetIntent {
  readonly type: 'reset';
  readonly at: string;
  readonly bmcIp: string;
  readonly power: string;
  readonly lastResetTime: string | undefined;
  /**
   * The override that was set, where its absence will mean something; Once is used up by a boot, which proves that
   * there was one.
   */
  readonly override: string;
  /** What is about to be asked for; undefined in the journals of earlier versions, which sent no GracefulShutdown. */
  readonly kind: ResetKind | undefined;
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

/**
 * Reads a journal; every line of it counts. Only a last line without its end is left out if it is not JSON: a kill tore
 * it, and what it was to announce was not begun.
 */
export function readJournal(text: string): JournalRecord[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const records = lines.flatMap((line) => (line.trim() === '' ? [] : recordOf(jsonObjectIn(line))));
  const torn = jsonObjectIn(last);
  return torn === undefined ? records : [...records, recordOf(torn)];
}

function recordOf(value: JsonObject | undefined): JournalRecord {
  if (value === undefined) return { type: 'doubt', bmcIp: undefined };
  const at = textField(value, 'at') ?? '';
  const bmcIp = textField(value, 'bmcIp') ?? '';
  const doubt: Doubt = { type: 'doubt', bmcIp: bmcIp === '' ? undefined : bmcIp };
  const isOfNode = ['reset', 'sent', 'refused', 'result'].includes(textField(value, 'type') ?? '');
  if (isOfNode && bmcIp === '') return doubt;
  const text = (name: string): string => textField(value, name) ?? '';
  switch (value['type']) {
    case 'begin': {
      const afterList = textField(value, 'afterList');
      return { type: 'begin', at, run: text('run'), jobId: text('jobId'), imageGroup: text('imageGroup'), afterList };
    }
    case 'reset': {
      if (Number.isNaN(Date.parse(at))) return doubt;
      const lastResetTime = textField(value, 'lastResetTime');
      const kind = resetKinds.find((known) => known === text('kind'));
      if (kind === undefined && text('kind') !== '') return doubt;
      return { type: 'reset', at, bmcIp, power: text('power'), lastResetTime, override: text('override'), kind };
    }
    case 'sent':
      return { type: 'sent', at, bmcIp, sent: text('sent') };
    case 'refused':
      return { type: 'refused', at, bmcIp };
    case 'result': {
      const failure = textField(value, 'failure');
      const node = { bmcIp, hostname: text('hostname'), serviceTag: text('serviceTag'), message: text('message') };
      if (failure === undefined) return { type: 'result', at, ...node, failure: undefined };
      return { type: 'result', at, ...node, failure: isFailureKind(failure) ? failure : 'unexpected' };
    }
    case 'end':
      return { type: 'end', at };
    default:
      return doubt;
  }
}
