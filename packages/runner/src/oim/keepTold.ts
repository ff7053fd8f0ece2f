import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import type { ToldList } from '@omnia-buildstream/core/plan/toldList';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimStageSummary } from '@omnia-buildstream/oim/events';
import { projectUploads } from './projectUploads.ts';
import type { OimSituation } from './situation.ts';

/** What the failed nodes list in GitLab shows about a restart that is over. */
export interface ListOfServer extends Omit<ToldList, 'afterList'> {
  /** Distinguishes this version of the list from others. */
  readonly stamp: string | undefined;
}

/**
 * Stores the list as the latest report of the server, before it is pulled into the project.
 * @param project absolute path
 * @param text the project's own list; undefined if it has none
 * @returns whether there was anything new to store
 */
export async function keepListOfServer(
  project: string,
  { stamp, ...told }: ListOfServer,
  text: string | undefined,
): Promise<boolean> {
  const afterList = stampOf(failedListOf(text, undefined));
  // The list was already pulled.
  if (afterList !== undefined && afterList === stamp) return false;
  const uploads = projectUploads(project);
  const before = await uploads.told();
  if (before?.at === told.at && before.jobId === told.jobId) return false;
  await uploads.keepTold({ ...told, afterList });
  return true;
}

/**
 * Stores the result for all windows and terminals. A failure to store it does not affect the run; its end is then
 * unknown later.
 */
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
