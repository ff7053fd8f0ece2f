import { isFields, isText, isTexts, textsOf, type Fields } from '../shared/fields.ts';

/** Texts of the timeline in the user's language. */
export const timelineTextKeys = [
  'title',
  'tries',
  'began',
  'stage',
  'image',
  'number',
  'took',
  'duration',
  'result',
  'by',
  'show',
  'nothing',
  'over',
  'asTable',
  'time',
  'slowest',
  'node',
  'steps',
] as const;
export type TimelineTexts = Readonly<Record<(typeof timelineTextKeys)[number], string>>;

/** How a bar looks; each kind has its own pattern. */
export const barKinds = ['succeeded', 'failed', 'unknown', 'open'] as const;
export type BarKind = (typeof barKinds)[number];

/** One run of a stage as a row of texts to show; `share` of the longest bar, from 0 to 1. */
export interface TryRow {
  readonly file: string;
  readonly began: string;
  readonly stage: string;
  readonly image: string;
  readonly number: string;
  readonly took: string;
  readonly result: string;
  readonly by: string;
  readonly kind: BarKind;
  readonly share: number;
}

/** A part of a bar; `share` of the whole width, from 0 to 1. */
export interface BarPart {
  readonly title: string;
  readonly share: number;
  /** Number of its color. */
  readonly colour: number;
}

export interface NodeRow {
  readonly name: string;
  readonly took: string;
  readonly result: string;
  readonly steps: string;
  readonly parts: readonly BarPart[];
}

/** One kind of what nodes do, from the bottom of the picture to its top; `counts` has a number for each moment. */
export interface Layer {
  readonly name: string;
  readonly colour: number;
  readonly counts: readonly number[];
}

/** The course of one run. */
export interface TryDetails {
  readonly file: string;
  readonly title: string;
  /** Sentences: what was asked, and who marked nodes. */
  readonly notes: readonly string[];
  readonly moments: readonly string[];
  readonly layers: readonly Layer[];
  readonly slowest: readonly NodeRow[];
}

/** From the extension to the page. */
export type TimelineMessage =
  | { readonly type: 'start'; readonly texts: TimelineTexts }
  /** The newest first. */
  | {
      readonly type: 'tries';
      readonly tries: readonly TryRow[];
      /** Sentences: who marked nodes, and which part of the history is not among the runs. */
      readonly notes: readonly string[];
    }
  | { readonly type: 'details'; readonly details: TryDetails };

/** From the page to the extension. */
export type TimelineRequest = { readonly type: 'ready' } | { readonly type: 'show'; readonly file: string };

/** @returns undefined if it is not one of our messages */
export function readTimelineMessage(value: unknown): TimelineMessage | undefined {
  if (!isFields(value)) return undefined;
  const { type, tries, notes, details } = value;
  if (type === 'start') {
    const texts = textsOf(value['texts'], timelineTextKeys);
    return texts === undefined ? undefined : { type, texts };
  }
  if (type === 'tries' && isListOf(tries, isTry) && isTexts(notes)) return { type, tries, notes };
  if (type === 'details' && isDetails(details)) return { type, details };
  return undefined;
}

/** @returns undefined if it is not one of our requests */
export function readTimelineRequest(value: unknown): TimelineRequest | undefined {
  if (!isFields(value)) return undefined;
  const { type, file } = value;
  if (type === 'ready') return { type };
  return type === 'show' && isText(file) ? { type, file } : undefined;
}

/** The run that a page showed before a reload. */
export function readShown(value: unknown): string | undefined {
  const file = isFields(value) ? value['file'] : undefined;
  return isText(file) ? file : undefined;
}

function isListOf<T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

function hasTexts(value: Fields, keys: readonly string[]): boolean {
  return keys.every((key) => isText(value[key]));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const tryTexts = ['file', 'began', 'stage', 'image', 'number', 'took', 'result', 'by'];

function isTry(value: unknown): value is TryRow {
  if (!isFields(value) || !hasTexts(value, tryTexts)) return false;
  return barKinds.some((kind) => kind === value['kind']) && isNumber(value['share']);
}

function isDetails(value: unknown): value is TryDetails {
  if (!isFields(value) || !hasTexts(value, ['file', 'title'])) return false;
  const { notes, moments, layers, slowest } = value;
  return isTexts(notes) && isTexts(moments) && isListOf(layers, isLayer) && isListOf(slowest, isNode);
}

function isLayer(value: unknown): value is Layer {
  if (!isFields(value) || !isText(value['name']) || !isNumber(value['colour'])) return false;
  return isListOf(value['counts'], isNumber);
}

function isNode(value: unknown): value is NodeRow {
  if (!isFields(value) || !hasTexts(value, ['name', 'took', 'result', 'steps'])) return false;
  return isListOf(value['parts'], isPart);
}

function isPart(value: unknown): value is BarPart {
  return isFields(value) && isText(value['title']) && isNumber(value['share']) && isNumber(value['colour']);
}
