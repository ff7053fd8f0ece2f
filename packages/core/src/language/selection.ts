import { comparePositions, containsPosition, type Position, type Range } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';
import { cellSpotAt } from './cellSpot.ts';
import { runAround } from './runs.ts';

/** What "expand selection" goes through, smallest first: value, cell, row, group, file. */
export function selectionSteps(model: MappingModel, position: Position): Range[] {
  const spot = cellSpotAt(model, position);
  const { document } = model;
  const whole = {
    start: { line: 0, character: 0 },
    end: document.recordRange(document.records.length - 1).end,
  };
  if (spot === undefined) return [whole];
  const group = runAround(model, spot.index);
  const inCell = spot.kind === 'header' || spot.kind === 'row' ? [spot.valueRange, spot.range] : [];
  const steps = [
    ...inCell,
    document.recordRange(spot.index),
    { start: document.recordRange(group.first).start, end: document.recordRange(group.last).end },
    whole,
  ];
  // Each step must hold the position and be larger than the one before.
  return steps.filter((step, i) => containsPosition(step, position) && !sameRange(step, steps[i - 1]));
}

function sameRange(a: Range, b: Range | undefined): boolean {
  return b !== undefined && comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0;
}
