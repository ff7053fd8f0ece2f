import { findCell, typedOn, type Typed } from './find.ts';
import type { MapCanvas } from './mapCanvas.ts';
import type { MapModel } from './mapModel.ts';
import { moved, nextShown, type Direction, type Ground } from './moves.ts';

interface Heard {
  readonly selected: () => void;
  /** Called when another cell becomes the active one. */
  readonly activated: (position: number) => void;
  readonly opened: (position: number) => void;
  readonly notFound: (text: string) => void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

/** Arrow keys move (with Shift they select on the way, with Ctrl only the focus moves), Space selects, letters find. */
export function followKeys(map: MapCanvas, model: MapModel, heard: Heard): void {
  let typed: Typed = { text: '', at: 0 };
  const ground = (): Ground => ({
    layout: map.layout,
    count: model.arrangement.cells.length,
    isShown: (position) => model.isShown(position),
    page: map.page,
  });
  const go = (position: number, event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) model.activate(position);
    else model.select(position, event.shiftKey ? 'range' : 'alone');
    heard.activated(position);
    heard.selected();
  };
  const move = (direction: Direction, event: KeyboardEvent): void => {
    const from = model.activePosition;
    const to = from === undefined ? nextShown(ground(), 0, 1) : moved(ground(), from, direction);
    if (to !== undefined) go(to, event);
  };
  const find = (letter: string, event: KeyboardEvent): void => {
    typed = typedOn(typed, letter, event.timeStamp);
    // The search moves on to the next node only if the active one no longer matches the word.
    const found = findCell(model.arrangement.cells, typed.text, model.activePosition ?? 0, (at) => model.isShown(at));
    if (found === undefined) heard.notFound(typed.text);
    else go(found, event);
  };

  map.canvas.addEventListener('keydown', (event) => {
    if (act(event)) event.preventDefault();
  });

  /** @returns whether the map handled the key */
  function act(event: KeyboardEvent): boolean {
    const { key, altKey } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    const direction = directions[key];
    const active = model.activePosition;
    if (altKey) return false;
    if (direction !== undefined) move(direction, event);
    else if (key === 'Enter' && active !== undefined) heard.opened(active);
    else if (isCommand && key.toLowerCase() === 'a') {
      model.selectAll();
      heard.selected();
    } else if (key === 'Escape') {
      model.selectNothing();
      heard.selected();
    } else if (key === ' ' && active !== undefined && typed.text === '') {
      model.select(active, 'toggle');
      heard.activated(active);
      heard.selected();
    } else if (key.length === 1 && key !== ' ' && !isCommand) find(key, event);
    else return false;
    if (key.length > 1 || key === ' ') typed = { text: '', at: 0 };
    return true;
  }
}
