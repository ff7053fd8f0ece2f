import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import type { RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import type { RecoveryEnd } from '@omnia-buildstream/engine/ports/managedBmc';
import { showsAnyBoot } from '@omnia-buildstream/engine/restart/networkBoot';
import { jobServiceOf } from '../quirks.ts';
import { optional } from './hardware.ts';
import { linkAt, linksAt, objectAt, textAt, textsAt } from './json.ts';
import type { OverrideSetting } from './override.ts';
import { readReadiness } from './readiness.ts';
import { sendOnce, sendReset } from './reset.ts';
import type { RedfishService } from './service.ts';
import type { SystemMap } from './system.ts';

/** What an act needs; it exists only while the BMC offers the act. */
type Offer =
  | { readonly act: 'clear-jobs'; readonly target: string }
  | { readonly act: 'restart-bmc'; readonly target: string; readonly type: string }
  | { readonly act: 'leave-lifecycle' | 'pxe-off' };

export interface RecoveryPlace {
  readonly service: RedfishService;
  readonly map: SystemMap;
  readonly override: OverrideSetting;
}

/** All jobs, regardless of their state (redfish.md section 4). */
const allJobs = 'JID_CLEARALL';

/** The acts that the BMC offers in its current state. Changes nothing. */
export async function readOffers(
  { service, map, override }: RecoveryPlace,
  signal: AbortSignal,
): Promise<readonly Offer[]> {
  const { system, override: shown } = await override.read(signal);
  const managerPath = linksAt(system.body, 'Links', 'ManagedBy')[0];
  const manager = managerPath === undefined ? undefined : await optional(service, managerPath, signal);
  const offers: Offer[] = [];
  const jobs = service.isDell ? await jobQueueOf(service, manager, signal) : undefined;
  if (jobs !== undefined) offers.push({ act: 'clear-jobs', target: jobs });
  const restart = restartOf(manager);
  if (restart !== undefined) offers.push(restart);
  const { reason } = await readReadiness(service, map, signal).catch((error: unknown) => {
    // The other acts remain available if the Lifecycle Controller does not report its state.
    if (BmcError.is(error, 'refused', 'protocol', 'not-ready', 'busy')) return { reason: undefined };
    throw error;
  });
  if (reason === 'lifecycle-in-use') offers.push({ act: 'leave-lifecycle' });
  if (showsAnyBoot(shown)) offers.push({ act: 'pxe-off' });
  return offers;
}

/** @throws BmcError `refused` if the act is not offered, `answer-lost` if it is unknown whether it was carried out */
export async function performAct(place: RecoveryPlace, act: RecoveryAct, signal: AbortSignal): Promise<RecoveryEnd> {
  const { service, map, override } = place;
  const offer = (await readOffers(place, signal)).find((one) => one.act === act);
  if (offer === undefined) throw new BmcError('refused', phrase(bmcTexts.notOffered));
  switch (offer.act) {
    case 'clear-jobs':
      await sendOnce(service, { path: offer.target, body: { JobID: allJobs } }, signal);
      return 'done';
    case 'restart-bmc':
      await sendOnce(service, { path: offer.target, body: { ResetType: offer.type } }, signal);
      return 'done';
    case 'leave-lifecycle':
      await sendReset(service, map, 'ForceRestart', signal);
      return 'done';
    case 'pxe-off':
      return (await override.disable(signal)) ? 'done' : 'not-shown';
  }
}

async function jobQueueOf(service: RedfishService, manager: unknown, signal: AbortSignal): Promise<string | undefined> {
  const linked = linkAt(manager, 'Links', 'Oem', 'Dell', 'DellJobService');
  const path = linked ?? jobServiceOf(textAt(manager, 'Model') ?? '');
  return textAt(await optional(service, path, signal), 'Actions', '#DellJobService.DeleteJobQueue', 'target');
}

/** The gentler way is preferred; both leave the server running. */
function restartOf(manager: unknown): Offer | undefined {
  const action = objectAt(manager, 'Actions', '#Manager.Reset');
  const target = textAt(action, 'target');
  const allowed = textsAt(action, 'ResetType@Redfish.AllowableValues') ?? ['GracefulRestart'];
  const type = ['GracefulRestart', 'ForceRestart'].find((one) => allowed.includes(one));
  return target === undefined || type === undefined ? undefined : { act: 'restart-bmc', target, type };
}
