import { cellAt, cellsIn, type Box } from './layout.ts';
import type { MapCanvas } from './mapCanvas.ts';
import type { MapModel } from './mapModel.ts';

/** A shorter drag, in CSS pixels, is a click with an unsteady hand. */
const leastDrag = 4;

interface Heard {
  /** Called when the selection may have changed. */
  readonly selected: () => void;
  /** Called when one node was clicked. */
  readonly clicked: (position: number) => void;
  /** Called when the pointer is over this cell, or over none. */
  readonly over: (position: number | undefined, event: MouseEvent) => void;
}

/** Handles clicks, also with Shift or Ctrl, rectangles drawn with the mouse, and hovering. */
export function followPointer(map: MapCanvas, model: MapModel, heard: Heard): void {
  const { canvas } = map;
  let from: { readonly x: number; readonly y: number } | undefined;
  let kept: readonly string[] = [];
  const boxTo = (event: MouseEvent): Box | undefined => {
    if (from === undefined) return undefined;
    const to = map.pointOf(event);
    const box = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
    return Math.max(box.width, box.height) < leastDrag ? undefined : box;
  };
  const at = (event: MouseEvent): number | undefined => {
    const { x, y } = map.pointOf(event);
    return cellAt(map.layout, x, y);
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    from = map.pointOf(event);
    kept = event.ctrlKey || event.metaKey ? model.selected : [];
  });
  canvas.addEventListener('pointermove', (event) => {
    const box = boxTo(event);
    heard.over(box === undefined ? at(event) : undefined, event);
    if (box === undefined) return;
    model.selectOnly(cellsIn(map.layout, box), kept);
    map.setRubber(box);
  });
  canvas.addEventListener('pointerup', (event) => {
    if (event.button !== 0 || from === undefined) return;
    const box = boxTo(event);
    from = undefined;
    map.setRubber(undefined);
    if (box === undefined) click(event);
    heard.selected();
  });
  canvas.addEventListener('pointercancel', () => {
    from = undefined;
    map.setRubber(undefined);
  });
  canvas.addEventListener('pointerleave', (event) => {
    heard.over(undefined, event);
  });

  function click(event: PointerEvent): void {
    const position = at(event);
    const isMore = event.ctrlKey || event.metaKey;
    if (position === undefined || !model.isShown(position)) {
      if (!isMore && !event.shiftKey) model.selectNothing();
      return;
    }
    model.select(position, event.shiftKey ? 'range' : isMore ? 'toggle' : 'alone');
    if (!isMore && !event.shiftKey) heard.clicked(position);
  }
}
