import { BmcError, type PxeLasting } from '@omnia-buildstream/engine/ports/bmc';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import type { RedfishService } from './service.ts';
import { allowedTargets, etagOf, overrideOf, settingsPathOf, type SystemMap } from './system.ts';
import { followTask } from './task.ts';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';

const enabledOf: Readonly<Record<PxeLasting, string>> = { once: 'Once', continuous: 'Continuous' };

/** The system, and the resource that takes its boot override. */
export interface OverrideReading {
  readonly system: Answer;
  readonly path: string;
  readonly answer: Answer;
}

export async function readOverride(
  service: RedfishService,
  map: SystemMap,
  signal: AbortSignal,
): Promise<OverrideReading> {
  const system = await service.get(map.system, signal);
  if (map.quirks.overrideAt === 'system') return { system, path: map.system, answer: system };
  const path = settingsPathOf(system.body, map.system);
  return { system, path, answer: await service.get(path, signal) };
}

/**
 * Sets the override to UEFI PXE. Enabled and Target are always sent; the mode only when it differs, since some services
 * fail on a mode that they already have (redfish.md section 3). With an ETag the change is conditional; when somebody
 * else changed the resource meanwhile, it is read again, once. `last` saves the first reading.
 */
export async function setPxe(
  service: RedfishService,
  map: SystemMap,
  lasting: PxeLasting,
  { clock, signal, last }: { readonly clock: Clock; readonly signal: AbortSignal; readonly last?: OverrideReading },
): Promise<void> {
  let known = last;
  for (let attempt = 1; ; attempt++) {
    const { path, answer: current } = known ?? (await readOverride(service, map, signal));
    known = undefined;
    const allowed = allowedTargets(current.body);
    if (allowed?.includes('Pxe') === false) {
      throw new BmcError('refused', `PXE is not among the boot targets it allows (${allowed.join(', ')})`);
    }
    const etag = etagOf(current);
    const mode = overrideOf(current.body).mode;
    const body = {
      Boot: {
        BootSourceOverrideEnabled: enabledOf[lasting],
        BootSourceOverrideTarget: 'Pxe',
        ...(mode === 'UEFI' ? {} : { BootSourceOverrideMode: 'UEFI' }),
      },
    };
    const headers: Readonly<Record<string, string>> = etag === undefined ? {} : { 'if-match': etag };
    let answer: Answer;
    try {
      answer = await service.order({ method: 'PATCH', path, body, headers }, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw errorOfTransport(error, 'boot override');
    }
    if (answer.status === 412 && attempt === 1) continue;
    if (!isSuccess(answer)) throw errorOf(answer, 'boot override');
    if (answer.status === 202) await followTask(service, answer, { clock, signal });
    return;
  }
}
