import type { Random } from '@omnia-buildstream/engine/ports/clock';

/**
 * A UUID (version 4) that identifies one request: the API reads X-Correlation-Id, accepts only a UUID, and writes it to
 * its log (omnia.md section 7). It protects nothing, so any source of randomness will do.
 */
export function correlationId(random: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16));
}
