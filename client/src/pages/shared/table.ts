import { element } from './elements.ts';

/** The head of a table, with a title for each column. */
export function headOf(...titles: readonly string[]): HTMLElement {
  const head = element('thead', '');
  const row = element('tr', '');
  for (const title of titles) {
    const cell = element('th', '', title);
    cell.scope = 'col';
    row.append(cell);
  }
  head.append(row);
  return head;
}

/** A row whose first cell names it. */
export function rowOf(...cells: readonly (string | HTMLElement)[]): HTMLElement {
  const row = element('tr', '');
  for (const [index, content] of cells.entries()) {
    const cell = element(index === 0 ? 'th' : 'td', '');
    if (index === 0) cell.setAttribute('scope', 'row');
    cell.append(content);
    row.append(cell);
  }
  return row;
}
