import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  nfs: 'The Omnia share is local. aarch64 nodes need it on NFS.',
} as const;

/** Rule 26 of omnia.md section 1.3. Omnia names no row; the first one is shown. */
export const aarch64NeedsNfsShare: Rule = {
  code: 'aarch64-needs-nfs-share',
  levels: levels({ '2.2': 'error', '2.3': 'off' }),
  messages,
  needs: 'share',
  grouping: {
    judgesSingles: true,
    place(row, { add }) {
      if (row.text.FUNCTIONAL_GROUP_NAME.toLowerCase().includes('aarch64')) add('aarch64', '');
    },
  },
  checkBucket(bucket, scope) {
    const row = bucket.first('');
    if (row === undefined || scope.context.share === 'nfs') return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.nfs);
  },
};
