import { levels, traitsOf } from '../mapping/versions.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { reportDuplicates, subject } from './helpers.ts';
import { nextAddressFix } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: 'Duplicate IB_IP {value}: already used by {host}.',
  first: '{value} is used here first.',
  next: 'Use the next free address {value}',
} as const;

const columns: readonly ColumnName[] = ['IB_IP', 'IB_IPV4', 'IB_IPV6'];

/** Rule 18 of omnia.md section 1.3: unique as text; after 2.3 also IB_IPV6 (section 1.6). */
export const dupIbIp: Rule = {
  code: 'dup-ib-ip',
  levels: levels({ '2.2': 'error' }),
  messages,
  grouping: {
    judgesSingles: false,
    place(row, { add }, scope) {
      for (const column of traitsOf(scope.version).dualStack ? columns : columns.slice(0, 1)) {
        const value = row.text[column];
        if (value !== '') add(value, column);
      }
    },
  },
  checkBucket(bucket, scope) {
    for (const column of columns) {
      reportDuplicates(bucket.rows(column), column, scope, messages.duplicate, messages.first);
    }
  },
  suggestions: (finding, scope) => nextAddressFix(finding, scope, subject(finding, scope)?.value, messages.next),
};
