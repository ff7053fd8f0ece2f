import { comparePositions, type Position, type Range } from '../text/position.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { cellSpotAt, type CellSpot } from './cellSpot.ts';
import { completeCell } from './completeCell.ts';
import { completeHeaderCell, completeHeaderLine } from './completeHeader.ts';
import { completeNewRow } from './completeRow.ts';
import type { Suggestion, Suggestions } from './suggestion.ts';

/** More than anybody reads; what was typed narrows a longer list. */
const maxItems = 200;

/** What could be typed at a position: by column, in the header, and on an empty line. */
export function complete(model: MappingModel, position: Position, say: Say): Suggestions | undefined {
  const spot = cellSpotAt(model, position);
  if (spot === undefined || spot.record.lineCount > 1) return undefined;
  const items = suggestionsFor(model, spot, say);
  if (items.length === 0) return undefined;
  const range = replacedRange(spot, position);
  const typed = spot.value.slice(0, Math.max(0, position.character - range.start.character)).toLowerCase();
  // Editors narrow a short list themselves, with better matching than this.
  const fitting = items.length <= maxItems ? items : items.filter(({ label }) => label.toLowerCase().includes(typed));
  return { range, items: fitting.slice(0, maxItems), isIncomplete: fitting.length > maxItems || fitting !== items };
}

function suggestionsFor(model: MappingModel, spot: CellSpot, say: Say): Suggestion[] {
  const { headerIndex, header } = model.layout;
  switch (spot.kind) {
    case 'header':
      return [
        ...completeHeaderCell(model, spot, say),
        ...(spot.cell === 0 ? completeHeaderLine(model, spot, say) : []),
      ];
    case 'blank':
      if (header === undefined) return completeHeaderLine(model, spot, say);
      return spot.index < headerIndex ? [] : [...completeNewRow(model, spot, say), ...completeCell(model, spot, say)];
    case 'row':
      return completeCell(model, spot, say);
    case 'comment':
    case 'conflict':
    case 'header-again':
      return [];
  }
}

/** The cell's value; stretched to the cursor when that stands in the padding, as editors demand. */
function replacedRange({ valueRange, value }: CellSpot, position: Position): Range {
  if (value === '') return { start: position, end: position };
  const { start, end } = valueRange;
  return {
    start: comparePositions(position, start) < 0 ? position : start,
    end: comparePositions(position, end) > 0 ? position : end,
  };
}
