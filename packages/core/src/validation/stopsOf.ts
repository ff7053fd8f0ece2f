import type { CsvRecord } from '../csv/record.ts';
import type { Finding } from '../rules/rule.ts';
import { levelOf, type ValidationSettings } from './settings.ts';

/** Where Omnia reads no further. */
export interface Stops {
  /** Findings after which nothing else in the file is reported. */
  readonly file: readonly Finding[];
  /** Which findings are reported where single records cannot be read; undefined: all. */
  readonly isTold: ((finding: Finding) => boolean) | undefined;
}

/** What the rules that end Omnia's reading leave to be told. */
export function stopsOf(early: readonly Finding[], header: CsvRecord | undefined, settings: ValidationSettings): Stops {
  const stopping = early.filter(({ rule }) => rule.stops !== undefined && levelOf(rule, settings) === 'error');
  const file = stopping.filter(({ rule, place }) => rule.stops === 'file' || place.record === header);
  if (file.length > 0) return { file, isTold: undefined };
  if (stopping.length === 0) return { file, isTold: undefined };
  const records = new Set(stopping.map(({ place }) => place.record));
  return { file, isTold: (finding) => finding.rule.stops !== undefined || !records.has(finding.place.record) };
}
