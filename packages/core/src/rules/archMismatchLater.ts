import { levels } from '../mapping/versions.ts';
import { byArchitecture, reportLonelyCompilers } from './archMismatch.ts';
import type { Rule } from './rule.ts';

const messages = {
  none: 'There are compiler nodes for {compiler} but no Slurm worker of that architecture. Omnia 2.2 compares the first rows only; 2.3 refuses this.',
  worker: 'This is the first Slurm worker.',
} as const;

/** What 2.1 and 2.2 overlook beyond the first rows (omnia.md section 1.7). */
export const archMismatchLater: Rule = {
  code: 'arch-mismatch-later',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  grouping: byArchitecture,
  checkBucket(bucket, scope) {
    // Where the first rows differ already, arch-mismatch says so.
    const architectures = bucket.values();
    if (architectures.length < 3) return;
    reportLonelyCompilers(bucket, scope, messages.none, messages.worker);
  },
};
