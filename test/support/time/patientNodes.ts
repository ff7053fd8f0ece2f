import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Lab, LabOptions } from '@omnia-buildstream/lab/lab';
import { heldClock } from './heldClock.ts';

/** No other wait of a lab has this length. */
const phoneHomePauseMs = 4_001;
const lookMs = 20;

/**
 * Options of a lab whose nodes pause until something listens to them, but at least for the usual time: a run takes no
 * report of a node that it has not come to. Their ten attempts then do not run out while the next run of a killed one
 * starts, however long that takes.
 */
export function patientNodes(lab: () => Pick<Lab, 'report'>): Pick<LabOptions, 'clock' | 'phoneHomePauseMs'> {
  const clock = heldClock(systemClock, (durationMs, signal) =>
    durationMs === phoneHomePauseMs ? listener(lab(), signal) : undefined,
  );
  return { clock, phoneHomePauseMs };
}

/** @throws the signal's reason */
async function listener({ report: { host, port } }: Pick<Lab, 'report'>, signal: AbortSignal | undefined) {
  await systemClock.sleep(phoneHomePauseMs, signal);
  for (;;) {
    signal?.throwIfAborted();
    const socket = connect(port, host);
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await setTimeout(lookMs, undefined, { signal });
  }
}
