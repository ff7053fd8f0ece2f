import { once } from 'node:events';
import { connect } from 'node:net';
import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import type { Clock } from '../ports/clock.ts';
import { withDeadline } from '../time/deadline.ts';

export interface PortSettings {
  readonly clock: Clock;
  readonly port: number;
  readonly connectTimeoutMs: number;
}

/** Whether a connection is established in time. Rejects with the signal's reason only. */
export async function portResponds(
  { clock, port, connectTimeoutMs }: PortSettings,
  host: string,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  if (!isIpv4(host)) return false;
  try {
    await withDeadline(clock, connectTimeoutMs, signal, (inner) => connectOnce(host, port, inner));
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Connects and hangs up. */
async function connectOnce(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal });
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
