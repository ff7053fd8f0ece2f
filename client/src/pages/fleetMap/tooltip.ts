import { element } from '../shared/elements.ts';
import type { MapCell } from './cells.ts';
import { filled, type MapTexts } from './mapTexts.ts';

const beside = 14;

/** Shows what is known about the cell below the pointer. Screen readers hear the same about the active cell. */
export class Tooltip {
  readonly element = element('div', 'tooltip');
  readonly #texts: MapTexts;
  #shown: MapCell | undefined;

  constructor(texts: MapTexts) {
    this.#texts = texts;
    this.element.setAttribute('aria-hidden', 'true');
    this.element.hidden = true;
  }

  show(cell: MapCell | undefined, { clientX, clientY }: MouseEvent): void {
    this.element.hidden = cell === undefined;
    if (cell === undefined) return;
    if (cell !== this.#shown) this.#fill(cell);
    const { offsetWidth, offsetHeight } = this.element;
    const { innerWidth, innerHeight } = window;
    const left = clientX + beside + offsetWidth > innerWidth ? clientX - beside - offsetWidth : clientX + beside;
    const top = clientY + beside + offsetHeight > innerHeight ? clientY - beside - offsetHeight : clientY + beside;
    this.element.style.left = `${String(Math.max(0, left))}px`;
    this.element.style.top = `${String(Math.max(0, top))}px`;
  }

  #fill(cell: MapCell): void {
    this.#shown = cell;
    const { name, spoken, bmcIp, serviceTag } = cell;
    const facts = [
      spoken.startsWith(`${name}, `) ? spoken.slice(name.length + 2) : spoken,
      ...(bmcIp === '' ? [] : [filled(this.#texts.bmc, bmcIp)]),
      ...(serviceTag === '' ? [] : [filled(this.#texts.serviceTag, serviceTag)]),
    ];
    this.element.replaceChildren(element('strong', '', name), ...facts.map((fact) => element('div', '', fact)));
  }
}
