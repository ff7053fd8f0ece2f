import type { MappingModel } from '../validation/model.ts';
import { listLimit } from './limits.ts';
import { runs } from './runs.ts';

export interface Fold {
  readonly kind: 'group' | 'comment';
  readonly startLine: number;
  readonly endLine: number;
}

/** Runs of a group and blocks of comments. */
export function folds(model: MappingModel, limit = listLimit): Fold[] {
  const found: Fold[] = [];
  for (const { kind, first, last } of runs(model)) {
    if (found.length >= limit) break;
    const { document } = model;
    const endLine = document.lineOf(last) + (document.records[last]?.lineCount ?? 1) - 1;
    found.push({ kind, startLine: document.lineOf(first), endLine });
  }
  return found;
}
