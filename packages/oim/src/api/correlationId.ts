import type { Random } from '@omnia-buildstream/engine/ports/clock';

/**
 * A UUID (version 4) that marks one request: the API reads X-Correlation-Id, takes nothing but a UUID, and writes it to
 * its log (omnia.md section 7). It guards nothing, so any randomness will do.
 */
export function correlationId(random: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16));
}
