import type { MappingModel } from '../validation/model.ts';

/** Neighboring records that belong together; indices of the first and the last. */
export interface Run {
  readonly kind: 'group' | 'comment';
  readonly first: number;
  readonly last: number;
}

/** Neighboring rows with the same GROUP_NAME, and neighboring comments, at least two records each. */
export function* runs(model: MappingModel): Generator<Run> {
  let first = 0;
  let key = '';
  const { records } = model.document;
  for (let index = 0; index <= records.length; index++) {
    const next = runKey(model, index);
    if (next === key) continue;
    if (key !== '' && index - first > 1) yield { kind: key === comment ? 'comment' : 'group', first, last: index - 1 };
    first = index;
    key = next;
  }
}

/** The run that contains the record at `index`, even if it is the only one. */
export function runAround(model: MappingModel, index: number): { readonly first: number; readonly last: number } {
  const key = runKey(model, index);
  let first = index;
  let last = index;
  if (key === '') return { first, last };
  while (runKey(model, first - 1) === key) first--;
  while (runKey(model, last + 1) === key) last++;
  return { first, last };
}

/** No group has such a name: names are stripped. */
const comment = ' #';

function runKey(model: MappingModel, index: number): string {
  const record = model.document.records[index];
  if (record === undefined) return '';
  return model.kindOf(record) === 'comment' ? comment : (model.rowOf(record)?.text.GROUP_NAME ?? '');
}
