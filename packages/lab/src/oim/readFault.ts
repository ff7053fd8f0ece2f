import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';
import type { OimFault } from './faults.ts';

const longestMs = 3_600_000;
const mostTimes = 1_000;

/**
 * A fault as JSON: `{"on": "POST /api/v1/jobs/", "kind": "hang", "when": "before", "times": 1}`. `on` is a part of
 * method and path. Undefined for anything else.
 */
export function readFault(value: unknown): OimFault | undefined {
  if (!isJsonObject(value)) return undefined;
  const { on, kind, when, times = 1, ms, retryAfterSeconds } = value;
  if (typeof on !== 'string' || !isCount(times, mostTimes)) return undefined;
  const common = { on: { test: (line: string) => line.includes(on) }, times };
  switch (kind) {
    case 'bad-gateway':
    case 'cut':
    case 'internal-error':
    case 'hang':
      return when === 'before' || when === 'after' ? { ...common, kind, when } : undefined;
    case 'slow':
      return isCount(ms, longestMs) ? { ...common, kind, ms } : undefined;
    case 'too-many':
      return isCount(retryAfterSeconds, longestMs) ? { ...common, kind, retryAfterSeconds } : { ...common, kind };
    case 'expire-tokens':
      return { ...common, kind };
    default:
      return undefined;
  }
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
