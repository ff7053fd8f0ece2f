import { element } from '../shared/elements.ts';
import { headOf, rowOf } from '../shared/table.ts';
import type { TimelineTexts, TryRow } from './messages.ts';

/** The runs as a table with bars in proportion to their duration; the button of each run shows its nodes. */
export function triesTable(
  tries: readonly TryRow[],
  shown: string | undefined,
  texts: TimelineTexts,
  show: (file: string) => void,
): HTMLElement {
  if (tries.length === 0) return element('p', 'empty', texts.nothing);
  const table = element('table', '');
  table.append(element('caption', '', texts.tries));
  const { began, stage, image, number, took, duration, result, by } = texts;
  table.append(headOf(began, stage, image, number, took, duration, result, by));
  const body = element('tbody', '');
  for (const one of tries) {
    const button = element('button', '', one.began);
    button.type = 'button';
    button.dataset['file'] = one.file;
    button.setAttribute('aria-pressed', String(one.file === shown));
    button.title = texts.show;
    button.addEventListener('click', () => {
      show(one.file);
    });
    body.append(rowOf(button, one.stage, one.image, one.number, one.took, barOf(one), one.result, one.by));
  }
  table.append(body);
  return table;
}

/** Hidden from screen readers, because the cells beside it say the same in words. */
function barOf({ kind, share }: TryRow): HTMLElement {
  const bar = element('div', `bar ${kind}`);
  bar.style.width = `${String(Math.max(1, Math.min(1, share) * 100))}%`;
  bar.setAttribute('aria-hidden', 'true');
  return bar;
}
