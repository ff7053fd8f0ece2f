import { element } from '../shared/elements.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import { blockOf } from './layout.ts';
import { followKeys } from './keys.ts';
import { MapCanvas } from './mapCanvas.ts';
import { MapModel } from './mapModel.ts';
import { followMenu } from './menu.ts';
import { filled } from './mapTexts.ts';
import { readMapMessage, readMapView, type MapMessage, type MapRequest } from './messages.ts';
import { followPointer } from './pointer.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { Toolbar } from './toolbar.ts';
import { Tooltip } from './tooltip.ts';

const vscode = vscodeApi();
const send = (request: MapRequest): void => {
  vscode.postMessage(request);
};

type Start = Extract<MapMessage, { readonly type: 'start' }>;
type News = Exclude<MapMessage, Start>;

/** Builds the page once its texts have arrived. @returns the receiver of further messages */
function open({ texts, marks }: Start): (news: News) => void {
  const model = new MapModel(readMapView(vscode.getState()));
  let theme = readTheme();
  let progress = '';
  let isThere = true;
  const map = new MapCanvas(model, theme);
  const tooltip = new Tooltip(texts);
  const spoken = element('div', 'spoken');
  spoken.setAttribute('aria-live', 'polite');
  const empty = element('p', 'empty', texts.empty);
  const howTo = element('p', 'spoken', texts.howTo);
  howTo.id = 'howTo';
  map.canvas.setAttribute('role', 'application');
  map.canvas.setAttribute('aria-describedby', howTo.id);
  const toolbar = new Toolbar(
    { texts, marks },
    {
      group: (by) => {
        model.setGrouping(by);
        map.arrange();
        tellSelected();
      },
      filter: (mark) => {
        model.toggleFilter(mark);
        tellSelected();
      },
      showAll: () => {
        model.clearFilter();
        tellSelected();
        map.canvas.focus();
      },
    },
  );
  document.body.replaceChildren(toolbar.element, empty, map.element, tooltip.element, spoken, howTo);

  function show(): void {
    const { cells } = model.arrangement;
    const shown = cells.filter((cell) => model.shows(cell)).length;
    const chosen = model.selected.length;
    const parts = [
      filled(texts.shown, shown, cells.length),
      ...(chosen === 0 ? [] : [filled(texts.selected, chosen)]),
      ...(progress === '' ? [] : [progress]),
    ];
    toolbar.show(model, theme, parts.join(' · '));
    map.canvas.setAttribute('aria-label', `${texts.title}. ${parts.join(', ')}`);
    toolbar.element.hidden = map.element.hidden = !isThere;
    empty.hidden = isThere;
  }

  function tellSelected(): void {
    const { view } = model;
    vscode.setState(view);
    send({ type: 'selected', ids: view.selected });
    map.redraw();
    show();
  }

  let section = '';
  function speak(position: number): void {
    const cell = model.arrangement.cells[position];
    if (cell === undefined) return;
    const title = blockOf(map.layout, position)?.title ?? '';
    const where = title === section ? '' : `${filled(texts.section, title)}: `;
    section = title;
    spoken.textContent = `${where}${cell.spoken}${model.isSelected(cell) ? `, ${texts.isSelected}` : ''}`;
    map.scrollTo(position);
  }

  function reveal(position: number): void {
    const id = model.arrangement.cells[position]?.id;
    if (id !== undefined) send({ type: 'reveal', id });
  }

  followPointer(map, model, {
    selected: tellSelected,
    clicked: (position) => {
      speak(position);
      reveal(position);
    },
    over: (position, event) => {
      tooltip.show(position === undefined ? undefined : model.arrangement.cells[position], event);
    },
  });
  followKeys(map, model, {
    selected: tellSelected,
    activated: speak,
    opened: reveal,
    notFound: (text) => {
      spoken.textContent = filled(texts.nothingFound, text);
    },
  });
  followMenu(map, model, tellSelected);
  onThemeChange(() => {
    theme = readTheme();
    map.setTheme(theme);
    show();
  });

  return (news) => {
    ({ progress } = news);
    if (news.type === 'fleet') {
      isThere = news.cells !== null;
      const before = model.selected;
      model.setCells(news.cells ?? []);
      show();
      map.arrange();
      if (model.selected.length > 0 || before.length > 0) tellSelected();
      return;
    }
    const before = model.selected.length;
    const positions = model.change(news.cells);
    if (positions === 'moved') map.arrange();
    else map.redrawCells(positions);
    if (model.selected.length === before) show();
    else tellSelected();
  };
}

let told: ((news: News) => void) | undefined;
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readMapMessage(data);
  if (message === undefined) return;
  if (message.type === 'start') told = open(message);
  else told?.(message);
});
send({ type: 'ready' });
