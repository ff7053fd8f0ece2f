import { element } from '../shared/elements.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import { detailsElement } from './details.ts';
import { readShown, readTimelineMessage, type TimelineMessage, type TimelineRequest } from './messages.ts';
import { triesTable } from './tries.ts';

const vscode = vscodeApi();
const send = (request: TimelineRequest): void => {
  vscode.postMessage(request);
};

type Start = Extract<TimelineMessage, { readonly type: 'start' }>;

/** Builds the page once its texts have arrived. @returns the receiver of further messages */
function open({ texts }: Start): (news: Exclude<TimelineMessage, Start>) => void {
  const main = element('main', 'timeline');
  const tries = element('div', 'tries');
  const details = element('div', 'details');
  const spoken = element('div', 'spoken');
  spoken.setAttribute('aria-live', 'polite');
  main.append(element('h1', '', texts.title), tries, details, spoken);
  document.body.replaceChildren(main);
  let shown = readShown(vscode.getState());
  /** The run whose button was pressed: its details are spoken, but not the changes of a run in progress. */
  let asked: string | undefined;

  const show = (file: string): void => {
    shown = file;
    vscode.setState({ file });
    send({ type: 'show', file });
  };
  const ask = (file: string): void => {
    asked = file;
    show(file);
  };
  return (news) => {
    if (news.type === 'tries') {
      const focused =
        document.activeElement instanceof HTMLElement ? document.activeElement.dataset['file'] : undefined;
      const isThere = news.tries.some(({ file }) => file === shown);
      const file = isThere ? shown : news.tries[0]?.file;
      tries.replaceChildren(triesTable(news.tries, file, texts, ask));
      tries.append(...news.notes.map((note) => element('p', '', note)));
      if (focused !== undefined) {
        for (const button of tries.querySelectorAll('button')) if (button.dataset['file'] === focused) button.focus();
      }
      if (file === undefined) details.replaceChildren();
      else show(file);
      return;
    }
    if (news.details.file !== shown) return;
    details.replaceChildren(detailsElement(news.details, texts));
    if (asked === shown) spoken.textContent = news.details.title;
    asked = undefined;
    for (const button of tries.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset['file'] === shown));
    }
  };
}

let told: ((news: Exclude<TimelineMessage, Start>) => void) | undefined;
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readTimelineMessage(data);
  if (message === undefined) return;
  if (message.type === 'start') told = open(message);
  else told?.(message);
});
send({ type: 'ready' });
