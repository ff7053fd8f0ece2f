import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import type { Readiness } from '@omnia-buildstream/engine/ports/bmc';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import { lifecycleAction } from '../quirks.ts';
import { textAt } from './json.ts';
import type { RedfishService } from './service.ts';
import type { SystemMap } from './system.ts';

/**
 * Asks the Lifecycle Controller of an iDRAC whether it accepts requests. Other BMCs, and firmware without this
 * function, count as ready.
 */
export async function readReadiness(
  service: RedfishService,
  { lifecycleTarget }: SystemMap,
  signal: AbortSignal,
): Promise<Readiness> {
  if (lifecycleTarget === undefined) return { ready: true, detail: phrase(bmcTexts.noLifecycle) };
  const path = `${lifecycleTarget}/Actions/${lifecycleAction}`;
  let answer: Answer;
  try {
    answer = await service.order({ method: 'POST', path, body: {} }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw errorOfTransport(error, 'Lifecycle Controller');
  }
  if ([404, 405, 501].includes(answer.status)) return { ready: true, detail: phrase(bmcTexts.readinessNotTold) };
  if (!isSuccess(answer)) throw errorOf(answer, 'Lifecycle Controller');
  const status = textAt(answer.body, 'LCStatus') ?? '';
  const server = textAt(answer.body, 'ServerStatus');
  const detail = `LC ${status}${server === undefined ? '' : `, server ${server}`}`;
  // Someone is using its screens: a restart would interrupt them.
  if (status === 'InUse' || server === 'InLifecycleController') {
    return { ready: false, reason: 'lifecycle-in-use', detail };
  }
  return { ready: status === 'Ready', detail };
}
