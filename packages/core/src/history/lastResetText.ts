import type { Say } from '../text/message.ts';
import { historyTexts } from './historyTexts.ts';
import type { LastReset } from './runHistory.ts';

/** When a node was last reset from here, by whom and why; a sentence. */
export function lastResetText({ at, user, host, why }: LastReset, say: Say): string {
  const named = (text: string): string => (text === '' ? say(historyTexts.unknown) : text);
  return say(historyTexts.lastReset, { at, user: named(user), host: named(host), why: named(why) });
}
