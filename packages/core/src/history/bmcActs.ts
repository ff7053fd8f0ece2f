import { recoveryActs, recoveryTexts, type RecoveryAct } from '../restart/recoveryAct.ts';
import type { Template } from '../text/message.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import { historyTexts as texts } from './historyTexts.ts';
import type { RunHistory } from './runHistory.ts';

/** What such a run is called. */
export const bmcActTitles: Readonly<Record<string, Template>> = Object.fromEntries(
  recoveryActs.map((act) => [act, recoveryTexts[act].title]),
);

/** An act at BMCs that helps nodes which failed. */
export function isBmcAct({ begun }: Pick<RunHistory, 'begun'>): boolean {
  return begun.backend === 'bmc';
}

/** What the person who takes over does first. */
export function nextAtBmcs({ begun, end }: RunHistory): Phrase {
  if (end?.outcome !== 'succeeded') return phrase(texts.lookAtBmcs);
  const act = recoveryActs.find((one): one is RecoveryAct => one === begun.stage);
  return phrase(act === undefined ? texts.nothingNext : recoveryTexts[act].done);
}
