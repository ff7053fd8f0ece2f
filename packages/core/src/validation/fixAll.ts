import { CsvDocument } from '../csv/document.ts';
import { comparePositions, touches, type TextEdit } from '../text/position.ts';
import type { Finding, Fix, Rule } from '../rules/rule.ts';
import { difference } from './difference.ts';
import { MappingModel } from './model.ts';
import type { ValidationSettings } from './settings.ts';

/** One fix may uncover another finding; two that undo each other must not continue forever. */
const maxRounds = 10;

/** How much work it may be to fix a file: the same on every machine, so that it is tested without a clock. */
export interface FixBudget {
  /** Records that are judged: all of them in each round. */
  readonly judged: number;
  /** Records that are moved: all of them with each edit. */
  readonly moved: number;
}

/** For a user who waits in an editor: about a second. */
export const editorBudget: FixBudget = { judged: 250_000, moved: 200_000_000 };
const unlimited: FixBudget = { judged: Infinity, moved: Infinity };

export interface FileFixes {
  readonly edits: TextEdit[];
  /** Nothing that could be fixed is left; applying the edits and asking again gives nothing. */
  readonly isComplete: boolean;
}

/** All safe fixes of a file, or those of one rule, as edits of single records of the present text: from its start as far as the budget goes. */
export function fixAll(model: MappingModel, code?: string, budget = editorBudget): FileFixes {
  const document = new CsvDocument(model.document.text());
  const { records, delimiter } = document;
  const before = [...records];
  const { isComplete } = run(
    new MappingModel(document, model.rules, model.settings),
    (finding) => code === undefined || finding.rule.code === code,
    budget,
  );
  return { edits: difference(model.document, { records: before, delimiter }, document), isComplete };
}

export interface FixedText {
  readonly text: string;
  /** Number of fixes that were applied. */
  readonly fixed: number;
  /** The repaired file with what is left to report. */
  readonly remaining: MappingModel;
}

/** A text after all safe fixes, byte order mark included. */
export function fixedText(text: string, settings: ValidationSettings, rules: readonly Rule[]): FixedText {
  const { model, fixed } = run(new MappingModel(new CsvDocument(text), rules, settings), () => true, unlimited);
  return { text: model.document.text(), fixed, remaining: model };
}

interface Run {
  readonly model: MappingModel;
  readonly fixed: number;
  readonly isComplete: boolean;
}

/** Applies fixes in rounds to the document of `model`, and judges it again after each. */
function run(model: MappingModel, wanted: (finding: Finding) => boolean, budget: FixBudget): Run {
  let current = model;
  let fixed = 0;
  let judged = model.document.records.length;
  let moved = 0;
  for (let round = 0; round < maxRounds; round++) {
    const { document, rules, settings } = current;
    const mostEdits = Math.floor((budget.moved - moved) / document.records.length);
    const { fixes, isComplete } = chooseFixes(current, wanted, mostEdits);
    if (fixes.length === 0) return { model: current, fixed, isComplete };
    fixed += fixes.length;
    if (fixes.some(({ reencode }) => reencode === true)) document.bom = false;
    const edits = fixes.flatMap((fix) => fix.edits);
    moved += edits.length * document.records.length;
    // From the end, so that the positions of the others stay true.
    for (const edit of edits.sort((a, b) => comparePositions(b.range.start, a.range.start))) document.edit(edit);
    current = new MappingModel(document, rules, settings);
    judged += document.records.length;
    if (judged > budget.judged) return { model: current, fixed, isComplete: false };
  }
  return { model: current, fixed, isComplete: true };
}

/** The first safe fix of each finding; those that touch an earlier one wait for the next round, as do those beyond `mostEdits`. */
function chooseFixes(
  model: MappingModel,
  wanted: (finding: Finding) => boolean,
  mostEdits: number,
): { readonly fixes: Fix[]; readonly isComplete: boolean } {
  const fixes: Fix[] = [];
  let edits = 0;
  const taken = new Map<number, TextEdit[]>();
  for (const finding of model.sortedFindings()) {
    if (finding.rule.fixes === undefined || !wanted(finding)) continue;
    const fix = model
      .repairs(finding)
      .find(({ safe, edits, reencode }) => safe && (edits.length > 0 || reencode === true));
    if (fix === undefined || (fix.reencode === true && !model.document.bom)) continue;
    const isFree = fix.edits.every((edit) =>
      linesOf(edit).every((line) => taken.get(line)?.some(({ range }) => touches(range, edit.range)) !== true),
    );
    if (!isFree) continue;
    edits += fix.edits.length;
    if (edits > mostEdits) return { fixes, isComplete: false };
    for (const edit of fix.edits) {
      for (const line of linesOf(edit)) taken.set(line, [...(taken.get(line) ?? []), edit]);
    }
    fixes.push(fix);
  }
  return { fixes, isComplete: true };
}

function linesOf({ range }: TextEdit): number[] {
  return Array.from({ length: range.end.line - range.start.line + 1 }, (_, i) => range.start.line + i);
}
