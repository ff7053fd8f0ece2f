import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import type { ToldList } from '@omnia-buildstream/core/plan/toldList';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimStageSummary } from '@omnia-buildstream/oim/events';
import type { OimSituation } from './situation.ts';

/** For every window and terminal. That it cannot be kept is no matter of the run: then its end is not known later. */
export async function keepTold(
  { job, uploads, read, failedNodesFile }: OimSituation,
  { plan }: DecidedRestart,
  { summary: { outcome, nodes }, clock }: { readonly summary: OimStageSummary; readonly clock: Clock },
): Promise<void> {
  if (outcome === 'not-started' || outcome === 'left-running') return;
  const isTold = outcome === 'succeeded' || (outcome === 'failed' && nodes !== undefined);
  const failed = (nodes ?? []).filter(({ hasFailed }) => hasFailed);
  const content = await read(failedNodesFile).catch(() => undefined);
  const told: ToldList = {
    jobId: job.id,
    at: new Date(clock.now()).toISOString(),
    afterList: stampOf(failedListOf(content === undefined ? undefined : new TextDecoder().decode(content), undefined)),
    known: new Set(
      plan.nodes.flatMap(({ target, reason }) => (reason === 'not-in-mapping' ? [] : [strip(target.bmcIp)])),
    ),
    failed: failed.map(({ bmcIp, hostname, message }) => {
      return { bmcIp, hostname, serviceTag: '', status: 'failed', message, failureStage: undefined };
    }),
  };
  await uploads.keepTold(isTold ? told : undefined).catch(() => undefined);
}
