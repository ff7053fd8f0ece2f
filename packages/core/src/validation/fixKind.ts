import { CsvDocument } from '../csv/document.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import type { Params, Template } from '../text/message.ts';
import { comparePositions } from '../text/position.ts';
import { difference } from './difference.ts';
import type { FileFixes } from './fixAll.ts';
import { MappingModel } from './model.ts';

/** A fix that somebody chose for one finding, to be done for all of its kind. */
export interface ChosenFix {
  readonly code: string;
  readonly title: Template;
  /**
   * For a fix that was offered next to others with the same title: the value was the choice. Undefined: each has its
   * own.
   */
  readonly params?: Params;
}

/** Each is judged before the next, so this many mean a second of waiting. */
const mostFixes = 1_000;
/** A fix may touch the row of the next finding, which is then searched again. */
const maxRounds = 5;

/** The fix that is meant when `fix` is chosen for `finding`, and how it is found for others of the kind. */
export function chosenFix(finding: Finding, fix: Fix, offered: readonly Fix[]): ChosenFix {
  const isChoice = offered.filter(({ title }) => title === fix.title).length > 1;
  return { code: finding.rule.code, title: fix.title, ...(isChoice && { params: fix.params }) };
}

/**
 * What was chosen for one finding, for every finding of its rule that offers it, as one list of edits. Each sees what those
 * before it did, so that no two get the same free address.
 */
export function fixKind(model: MappingModel, chosen: ChosenFix): FileFixes {
  const document = new CsvDocument(model.document.text());
  const before = [...document.records];
  const copy = new MappingModel(document, model.rules, model.settings);
  const ofKind = (): Finding[] => copy.sortedFindings().filter(({ rule }) => rule.code === chosen.code);
  // A fix may bring the problem to another row, which is none of those that were shown.
  const shown = new Set(ofKind().map(({ place }) => place.record));
  let fixed = 0;
  let isComplete = true;
  for (let round = 0, wasAny = true; wasAny && isComplete && round < maxRounds; round++) {
    wasAny = false;
    for (const finding of ofKind()) {
      const { record } = finding.place;
      if (!shown.has(record)) continue;
      // An edit before has replaced the row: it is found again in the next round.
      if (record !== undefined && document.indexOf(record) === -1) continue;
      const fix = copy.fixes(finding).find((offered) => isMeant(offered, chosen));
      if (fix === undefined) continue;
      if (fixed >= mostFixes) {
        isComplete = false;
        break;
      }
      for (const edit of fix.edits.toSorted((a, b) => comparePositions(b.range.start, a.range.start))) {
        const { removed, added } = copy.edit(edit);
        if (removed.some((old) => shown.has(old))) for (const each of added) shown.add(each);
      }
      fixed++;
      wasAny = true;
    }
  }
  return {
    edits: difference(model.document, { records: before, delimiter: model.document.delimiter }, document),
    isComplete,
  };
}

function isMeant({ title, params, edits }: Fix, chosen: ChosenFix): boolean {
  if (title !== chosen.title || edits.length === 0) return false;
  return chosen.params === undefined || JSON.stringify(params) === JSON.stringify(chosen.params);
}
