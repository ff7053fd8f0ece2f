import { cellAt } from './layout.ts';
import type { MapCanvas } from './mapCanvas.ts';
import type { MapModel } from './mapModel.ts';

/**
 * Tells VS Code what its menu refers to: the cell below the pointer, or the active one for the keyboard. As in a tree,
 * a cell outside the selection becomes the selection.
 */
export function followMenu(map: MapCanvas, model: MapModel, selected: () => void): void {
  const { canvas } = map;
  canvas.addEventListener('contextmenu', (event) => {
    const { x, y } = map.pointOf(event);
    const position = event.button === 2 ? cellAt(map.layout, x, y) : model.activePosition;
    const cell = position === undefined ? undefined : model.arrangement.cells[position];
    const isMeant = cell !== undefined && model.shows(cell);
    if (position !== undefined && isMeant && !model.isSelected(cell)) {
      model.select(position, 'alone');
      selected();
    }
    const context = isMeant ? { webviewSection: 'node', buildstreamNode: cell.context } : {};
    canvas.dataset['vscodeContext'] = JSON.stringify({ ...context, preventDefaultContextMenuItems: true });
  });
}
