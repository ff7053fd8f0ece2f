import { element } from '../shared/elements.ts';
import { headOf, rowOf } from '../shared/table.ts';
import type { Layer, NodeRow, TimelineTexts, TryDetails } from './messages.ts';
import { stackOf } from './stack.ts';

/** Units of the picture, not pixels: its size follows the window. */
const width = 600;
const height = 160;
/** Number of moments in the table; few, because a screen reader speaks each of them. */
const momentsTold = 8;

/** One run: the nodes by step over time, and the slowest ones. */
export function detailsElement(
  { title, notes, moments, layers, slowest }: TryDetails,
  texts: TimelineTexts,
): HTMLElement {
  const whole = element('section', '');
  whole.append(element('h2', '', title), ...notes.map((note) => element('p', '', note)));
  if (layers.length > 0) {
    whole.append(element('h3', '', texts.over), picture(layers), legend(layers), momentsTable(moments, layers, texts));
  }
  if (slowest.length > 0) whole.append(slowestTable(slowest, texts));
  return whole;
}

const svg = 'http://www.w3.org/2000/svg';

/** Hidden from screen readers, because the table below says the same. */
function picture(layers: readonly Layer[]): SVGElement {
  const root = document.createElementNS(svg, 'svg');
  root.setAttribute('viewBox', `0 0 ${String(width)} ${String(height)}`);
  root.setAttribute('preserveAspectRatio', 'none');
  root.setAttribute('class', 'stack');
  root.setAttribute('aria-hidden', 'true');
  for (const { layer, points } of stackOf(layers, width, height)) {
    const area = document.createElementNS(svg, 'polygon');
    area.setAttribute('points', points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '));
    area.setAttribute('class', `fill${String(layer.colour)}`);
    // Users who cannot tell the colors apart can point at an area or read the table.
    const name = document.createElementNS(svg, 'title');
    name.textContent = layer.name;
    area.append(name);
    root.append(area);
  }
  return root;
}

function legend(layers: readonly Layer[]): HTMLElement {
  const list = element('ul', 'legend');
  for (const { name, colour } of [...layers].reverse()) {
    const item = element('li', '');
    const sign = element('span', `sign back${String(colour)}`);
    sign.setAttribute('aria-hidden', 'true');
    item.append(sign, name);
    list.append(item);
  }
  return list;
}

function momentsTable(moments: readonly string[], layers: readonly Layer[], texts: TimelineTexts): HTMLElement {
  const told = Array.from({ length: Math.min(momentsTold, moments.length) }, (_, index) =>
    Math.round((index * (moments.length - 1)) / Math.max(1, Math.min(momentsTold, moments.length) - 1)),
  );
  const table = element('table', 'numbers');
  table.append(headOf(texts.time, ...layers.map(({ name }) => name)));
  const body = element('tbody', '');
  for (const at of told) {
    body.append(rowOf(moments[at] ?? '', ...layers.map(({ counts }) => String(counts[at] ?? 0))));
  }
  table.append(body);
  const folded = element('details', '');
  folded.append(element('summary', '', texts.asTable), table);
  return folded;
}

function slowestTable(slowest: readonly NodeRow[], texts: TimelineTexts): HTMLElement {
  const table = element('table', '');
  table.append(
    element('caption', '', texts.slowest),
    headOf(texts.node, texts.took, texts.duration, texts.result, texts.steps),
  );
  const body = element('tbody', '');
  for (const { name, took, result, steps, parts } of slowest) {
    const bar = element('div', 'parts');
    bar.setAttribute('aria-hidden', 'true');
    for (const { title, share, colour } of parts) {
      const part = element('span', `back${String(colour)}`);
      part.style.width = `${String(share * 100)}%`;
      part.title = title;
      bar.append(part);
    }
    body.append(rowOf(name, took, bar, result, steps));
  }
  table.append(body);
  return table;
}
