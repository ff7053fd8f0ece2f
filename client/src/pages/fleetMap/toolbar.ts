import { element } from '../shared/elements.ts';
import { groupings, type Grouping } from './cells.ts';
import type { MapModel } from './mapModel.ts';
import { filled, type MapTexts } from './mapTexts.ts';
import type { NodeMark } from './marks.ts';
import { drawMark } from './shapes.ts';
import type { Theme } from './theme.ts';

interface Told {
  readonly texts: MapTexts;
  readonly marks: Readonly<Record<NodeMark, string>>;
}

interface Acts {
  readonly group: (by: Grouping) => void;
  readonly filter: (mark: NodeMark) => void;
  readonly showAll: () => void;
}

/** The line above the map: how it is grouped, and the counts of states, which act as filters. */
export class Toolbar {
  readonly element = element('div', 'toolbar');
  readonly #filters = element('div', 'filters');
  readonly #status = element('span', 'status');
  readonly #grouping = element('select', 'grouping');
  readonly #told: Told;
  readonly #acts: Acts;

  constructor(told: Told, acts: Acts) {
    this.#told = told;
    this.#acts = acts;
    const { texts } = told;
    const titles: Readonly<Record<Grouping, string>> = {
      group: texts.byGroup,
      role: texts.byRole,
      parent: texts.byParent,
    };
    for (const by of groupings) {
      const option = element('option', '', titles[by]);
      option.value = by;
      this.#grouping.append(option);
    }
    this.#grouping.setAttribute('aria-label', texts.grouping);
    this.#grouping.addEventListener('change', () => {
      const by = groupings.find((one) => one === this.#grouping.value);
      if (by !== undefined) acts.group(by);
    });
    this.#filters.setAttribute('role', 'group');
    this.#filters.setAttribute('aria-label', texts.states);
    this.element.append(this.#grouping, this.#filters, this.#status);
  }

  show(model: MapModel, theme: Theme, status: string): void {
    this.#grouping.value = model.grouping;
    this.#status.textContent = status;
    const { texts, marks } = this.#told;
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['mark'] : undefined;
    const buttons = [...model.counts].map(([mark, count]) => {
      const isPressed = model.isFilter(mark);
      const button = this.#button(`${marks[mark]} ${String(count)}`, mark, () => {
        this.#acts.filter(mark);
      });
      button.setAttribute('aria-pressed', String(isPressed));
      button.setAttribute('aria-label', filled(isPressed ? texts.filterPressed : texts.filter, marks[mark], count));
      button.prepend(picture(mark, theme));
      return button;
    });
    const all = this.#button(texts.showAll, 'all', this.#acts.showAll);
    all.hidden = model.view.marks.length === 0;
    this.#filters.replaceChildren(...buttons, all);
    for (const button of [...buttons, all]) if (button.dataset['mark'] === held) button.focus();
  }

  #button(text: string, mark: string, act: () => void): HTMLButtonElement {
    const button = element('button', 'filter', text);
    button.type = 'button';
    button.dataset['mark'] = mark;
    button.addEventListener('click', act);
    return button;
  }
}

const pictureSize = 14;

function picture(mark: NodeMark, theme: Theme): HTMLCanvasElement {
  const canvas = element('canvas', 'mark');
  const scale = devicePixelRatio;
  canvas.width = canvas.height = pictureSize * scale;
  canvas.setAttribute('aria-hidden', 'true');
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(scale, scale);
  pen.lineWidth = 1.5;
  const middle = pictureSize / 2;
  drawMark(pen, mark, [middle, middle], middle - 1, (way) => {
    pen.fillStyle = theme.marks[mark];
    pen.strokeStyle = way === 'cut' ? theme.background : theme.marks[mark];
  });
  return canvas;
}
