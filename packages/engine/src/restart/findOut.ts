import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { askBmc } from './askBmc.ts';
import type { StageContext } from './context.ts';
import { findingTexts } from './stepTexts.ts';
import { whyNotBooted } from './whyNotBooted.ts';

/**
 * Why a node did not boot, as far as its BMC reports it, for its message; says so when it reports nothing. Only reads.
 * @throws what the signal aborts with
 */
export async function findOut(
  context: Pick<StageContext, 'bmc' | 'clock' | 'slots' | 'signal'>,
  target: Target,
  sinceMs: number | undefined,
): Promise<Said> {
  const asked = await askBmc(context, target, (connection, signal) =>
    connection.findings({ adminMac: target.adminMac, sinceMs }, signal),
  );
  return 'told' in asked ? whyNotBooted(asked.told) : phrase(findingTexts.notAsked, { why: asked.notTold });
}
