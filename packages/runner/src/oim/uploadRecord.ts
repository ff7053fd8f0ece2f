import { createHash } from 'node:crypto';
import type { OimStage } from '@omnia-buildstream/oim/model/job';
import type { OpenOrder } from '@omnia-buildstream/oim/stage/uploadLog';
import { isJsonObject, jsonObjectIn, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { stageNames } from '@omnia-buildstream/core/stage/stageName';
import type { SentFile } from '@omnia-buildstream/core/stage/preparedStage';

/** SHA-256 of each file by name. */
export type Digests = ReadonlyMap<string, string>;

/** What is known about the files that the API has for a job. */
export interface UploadRecord {
  /** The files that it accepted; undefined if unknown because an upload began and its end was not seen. */
  readonly uploaded: { readonly files: Digests; readonly endedAt: number | undefined } | undefined;
  /** The files that it deployed last. */
  readonly deployed: { readonly files: Digests; readonly endedAt: number | undefined } | undefined;
  /** A request whose response was not seen. */
  readonly order: SentOrder | undefined;
}

export interface SentOrder extends OpenOrder {
  /** What the job showed of the stage before the request. */
  readonly shown: string;
}

export const emptyRecord: UploadRecord = { uploaded: undefined, deployed: undefined, order: undefined };

export function digestsOf(files: readonly SentFile[]): Digests {
  return new Map(files.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')]));
}

/** Whether both contain the same files with the same contents, and no others. */
export function isSame(one: Digests, other: Digests): boolean {
  return one.size === other.size && [...one].every(([name, digest]) => other.get(name) === digest);
}

/** Whether `those` includes all these files, with the same contents. */
export function isAmong(files: Digests, those: Digests): boolean {
  return [...files].every(([name, digest]) => those.get(name) === digest);
}

/** The files after an upload: the API keeps earlier files that were not sent again. */
export function withFiles(before: Digests | undefined, sent: Digests): Digests {
  return new Map([...(before ?? []), ...sent]);
}

/** What a job shows of a stage, for comparison. */
export function shownOf(stage: OimStage | undefined): string {
  return JSON.stringify([stage?.state, stage?.startedAt, stage?.endedAt, stage?.attempt].map((one) => one ?? null));
}

export function recordText({ uploaded, deployed, order }: UploadRecord): string {
  const sent = order === undefined ? null : { ...order, at: new Date(order.at).toISOString() };
  const parts = { uploaded: partJson(uploaded), deployed: partJson(deployed), order: sent };
  return `${JSON.stringify(parts, undefined, 2)}\n`;
}

/** A text that is not a record counts as an empty one. */
export function readRecord(text: string): UploadRecord {
  const value = jsonObjectIn(text);
  if (value === undefined) return emptyRecord;
  return {
    uploaded: readPart(value['uploaded']),
    deployed: readPart(value['deployed']),
    order: readOrder(value['order']),
  };
}

function readOrder(value: unknown): SentOrder | undefined {
  if (!isJsonObject(value)) return undefined;
  const stage = stageNames.find((name) => name === value['stage']);
  const [at, shown] = [Date.parse(textField(value, 'at') ?? ''), textField(value, 'shown')];
  return stage === undefined || Number.isNaN(at) || shown === undefined ? undefined : { stage, at, shown };
}

function partJson(part: UploadRecord['uploaded']): unknown {
  if (part === undefined) return null;
  const at = part.endedAt === undefined ? null : new Date(part.endedAt).toISOString();
  return { files: Object.fromEntries(part.files), ended_at: at };
}

function readPart(value: unknown): UploadRecord['uploaded'] {
  if (!isJsonObject(value)) return undefined;
  const files: unknown = value['files'];
  if (!isJsonObject(files)) return undefined;
  const ended = Date.parse(textField(value, 'ended_at') ?? '');
  return { files: digestsIn(files), endedAt: Number.isNaN(ended) ? undefined : ended };
}

function digestsIn(files: JsonObject): Digests {
  return new Map(
    Object.keys(files).flatMap((name) => {
      const digest = textField(files, name);
      return digest === undefined ? [] : [[name, digest]];
    }),
  );
}
