import { inSentences, phrase, wordsOf, type Phrase } from '../text/phrase.ts';
import type { Say } from '../text/message.ts';
import { historyTexts as texts } from './historyTexts.ts';
import type { LastReset } from './runHistory.ts';

/** When a node was last reset from here, by whom and why, and what was started since; in sentences. */
export function lastResetText({ reset, started }: LastReset, say: Say): string {
  const known = (text: string): string | Phrase => (text === '' ? phrase(texts.unknown) : text);
  const cause = ({ at, user, host, why }: NonNullable<LastReset['reset']>) => {
    return { at, user: known(user), host: known(host), why: known(why) };
  };
  const since = started && {
    ...cause(started),
    subject: known(started.subject),
    gitlabUser: known(started.gitlabUser),
  };
  return wordsOf(
    inSentences([
      ...(reset === undefined ? [] : [phrase(texts.lastReset, cause(reset))]),
      ...(since === undefined || started === undefined
        ? []
        : [phrase(started.backend === 'gitlab' ? texts.startedInGitLab : texts.startedOnServer, since)]),
    ]),
    say,
  );
}
