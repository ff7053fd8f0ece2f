import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { phrase, together } from '@omnia-buildstream/core/text/phrase';
import { askBmc } from '../askBmc.ts';
import type { StageContext } from '../context.ts';
import { showsReset, wouldShow } from './evidence.ts';
import { NodeFailure } from '../nodeFailure.ts';
import { stepTexts as texts } from '../stepTexts.ts';

/**
 * A report to a run that did not see the node being reset may be that of an earlier boot, which is sent until somebody
 * accepts it. @throws NodeFailure if the BMC would show the reset, but does not
 */
export async function refuseEarlierReport(
  context: StageContext,
  target: Target,
  { doubt, intent }: { readonly doubt: NodeFailure; readonly intent: ResetIntent },
): Promise<void> {
  const asked = await askBmc(context, target, (connection, signal) => connection.read(signal));
  if (!('told' in asked) || showsReset(intent, asked.told) || !wouldShow(intent, asked.told)) return;
  throw new NodeFailure('report', doubt.reason, together([doubt.said, phrase(texts.earlierReport)], '; '));
}
