import { CsvDocument } from '../csv/document.ts';
import type { Say } from '../text/message.ts';
import { applyEdits } from '../text/applyEdits.ts';
import { fixAll } from '../validation/fixAll.ts';
import { MappingModel } from '../validation/model.ts';
import { editingTexts } from './editingTexts.ts';
import { countsOf, listOf } from './findingCounts.ts';
import type { TableChange } from './tableChange.ts';

/** Every fix that needs no decision, and what it repairs and leaves, by kind. */
export interface FixEverything {
  readonly kind: 'fix-all';
}

export function fixEverything(model: MappingModel, say: Say): TableChange {
  const { edits, isComplete } = fixAll(model);
  const document = new CsvDocument(applyEdits(model.document.text(), edits));
  const before = countsOf(model);
  const after = countsOf(new MappingModel(document, model.rules, model.settings));
  const repaired = [...before].flatMap(([code, count]): [string, number][] => {
    const gone = count - (after.get(code) ?? 0);
    return gone > 0 ? [[code, gone]] : [];
  });
  const sum = (counts: Iterable<readonly [string, number]>): number => [...counts].reduce((all, [, n]) => all + n, 0);
  const notes = [
    ...(repaired.length === 0 ? [] : [say(editingTexts.repaired, { count: sum(repaired), kinds: listOf(repaired) })]),
    ...(after.size === 0 ? [] : [say(editingTexts.left, { count: sum(after), kinds: listOf(after) })]),
    ...(isComplete ? [] : [say(editingTexts.notAllFixed)]),
  ];
  return { edits, count: sum(repaired), notes, refused: null };
}
