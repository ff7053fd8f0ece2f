import { request } from 'node:http';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import type { LabNode } from '../bmc/settings.ts';

/** cloud-init tries ten times by default (module phone_home). */
export const usualAttempts = 10;
const attemptTimeoutMs = 5_000;

interface Attempts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pauseMs: number;
  readonly attempts: number;
}

/**
 * Reports a booted node as cloud-init's phone_home does: a form with instance_id, hostname and fqdn, from the node's
 * own address, repeated until it is accepted.
 */
export async function phoneHome(
  { adminIp, hostname, serviceTag }: LabNode,
  url: string,
  { clock, signal, pauseMs, attempts }: Attempts,
): Promise<void> {
  const form = new URLSearchParams({ instance_id: serviceTag, hostname, fqdn: hostname }).toString();
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await clock.sleep(pauseMs, signal);
    if (await withDeadline(clock, attemptTimeoutMs, signal, (inner) => post(url, form, adminIp, inner)).catch(isOver))
      return;
  }
}

/** Counts an attempt that takes too long as failed. */
function isOver(error: unknown): false {
  if (error instanceof DeadlineError) return false;
  throw error;
}

function post(url: string, form: string, localAddress: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length };
    const sent = request(url, { method: 'POST', headers, localAddress, signal, agent: false });
    sent.on('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 300);
    });
    sent.on('error', () => {
      resolve(false);
    });
    sent.end(form);
  });
}
