import { blocks, bullets, md, sayMarkdown, table, type Markdown } from '../text/markdown.ts';
import { renderMessage, type Say } from '../text/message.ts';
import { wordsOf, type Phrase } from '../text/phrase.ts';
import { handoverOf } from './handover.ts';
import { historyTexts as texts } from './historyTexts.ts';
import type { RunHistory } from './runHistory.ts';

/** A run for the person who takes over, as a document: what was done, what is left, what to do next. */
export function handoverNote(run: RunHistory, say: Say = renderMessage): Markdown {
  const { title, about, shown, done, notes, failed, left, next } = handoverOf(run);
  const line = ({ message, params }: Phrase): Markdown => {
    const worded = Object.entries(params).map(([name, value]) => {
      return [name, typeof value === 'object' ? wordsOf(value, say) : value] as const;
    });
    return sayMarkdown(say, message, Object.fromEntries(worded));
  };
  const head = [texts.node, texts.bmc, texts.reset, texts.result, texts.advice].map((text) => say(text));
  const rows = failed.map(({ hostname, bmcIp, resets, result }) => {
    const last = resets.at(-1);
    const reset = last === undefined ? '' : `${last.at} ${last.kind}`;
    return [hostname, bmcIp, reset, result?.message ?? '', result?.advice ?? ''];
  });
  return blocks([
    md`# ${line(title)}`,
    bullets(about.map(line)),
    ...(shown.length === 0 ? [] : [md`## ${say(texts.shown)}`, bullets(shown)]),
    md`## ${say(texts.done)}`,
    bullets([...done.map(line), ...notes]),
    ...(rows.length === 0 ? [] : [table(head, rows)]),
    md`## ${say(texts.left)}`,
    bullets(left.map(line)),
    md`## ${say(texts.next)}`,
    line(next),
  ]);
}
