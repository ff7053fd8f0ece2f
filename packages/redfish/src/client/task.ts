import { phrase, together } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { sayingOf } from '../answers/extendedInfo.ts';
import type { Answer } from '../http/answer.ts';
import { textAt } from './json.ts';
import type { RedfishService } from './service.ts';

const pollIntervalMs = 1_000;

/** Values of TaskState (DSP2046) and Dell's JobState that end a task, or defer it to the restart that follows. */
const done = new Set(['Completed', 'CompletedWithErrors', 'Scheduled', 'Pending', 'RebootCompleted']);
const failed = new Set(['Exception', 'Killed', 'Cancelled', 'Failed', 'RebootFailed', 'Interrupted']);

/** Follows the task or job of a 202 until it is done. @throws BmcError `refused` if it fails */
export async function followTask(
  service: RedfishService,
  accepted: Answer,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const path = accepted.location ?? textAt(accepted.body, '@odata.id');
  if (path === undefined) return;
  if (!URL.canParse(path, 'https://bmc')) throw new BmcError('protocol', phrase(bmcTexts.jobLost));
  for (;;) {
    const { body, status } = await service.get(new URL(path, 'https://bmc').pathname, signal);
    const state =
      textAt(body, 'TaskState') ?? textAt(body, 'JobState') ?? textAt(body, 'Oem', 'Dell', 'JobState') ?? '';
    if (failed.has(state)) {
      const saying = textAt(body, 'Message') ?? sayingOf(body);
      throw new BmcError('refused', together([phrase(bmcTexts.jobEnded, { state }), saying], ': '));
    }
    // A task monitor returns 202 while the task is running, and anything else once it is over (DSP0266).
    if (done.has(state) || (state === '' && status !== 202)) return;
    await clock.sleep(pollIntervalMs, signal);
  }
}
