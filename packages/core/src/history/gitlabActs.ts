import { phrase, type Phrase } from '../text/phrase.ts';
import { historyTexts as texts } from './historyTexts.ts';
import type { RunHistory } from './runHistory.ts';

/** What is done in GitLab from here. */
export type GitLabAct = keyof typeof actTexts;

export const actTexts = {
  play: 'run a manual job',
  retry: 'retry a pipeline',
  'retry-job': 'retry a job',
  'new-child': 'create a new child pipeline',
  start: 'start a pipeline',
  commit: 'commit files',
  mark: 'mark nodes as booted',
  'mark-and-retry': 'mark nodes as booted, then retry',
} as const;

/** GitLab is told once, and nobody here sees the result. */
export function isGitLabAct({ begun }: Pick<RunHistory, 'begun'>): boolean {
  return begun.backend === 'gitlab';
}

/** As far as that is known. */
export function leftInGitLab({ nodes, end }: RunHistory): readonly Phrase[] {
  if (end?.outcome === 'failed') return [phrase(texts.notCarriedOut)];
  const count = nodes.filter(({ action }) => action === 'run').length;
  return count === 0 ? [phrase(texts.sent)] : [phrase(texts.sent), phrase(texts.leftUnknown, { count })];
}

/** What the person who takes over does first. */
export function nextInGitLab({ end }: RunHistory): Phrase {
  switch (end?.outcome) {
    case 'succeeded':
      return phrase(texts.followInGitLab);
    case 'failed':
      return phrase(texts.lookAgain);
    case 'unknown':
    case undefined:
      return phrase(texts.lookInGitLab);
  }
}
