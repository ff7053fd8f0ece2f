import { everywhere } from '../mapping/versions.ts';
import { cleanTag, isTag } from './badServiceTag.ts';
import { hiddenMessages, reportBad } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  bad: "'{value}' is not a valid service tag. Use letters and digits only, or leave the cell empty.",
  clean: "Change to '{value}'",
} as const;

/** Rule 5 of omnia.md section 1.3; ASCII only in 2.3. */
export const badParentTag: Rule = {
  code: 'bad-parent-tag',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.PARENT_SERVICE_TAG;
    if (value === '' || isTag(value, scope.version)) return;
    reportBad(scope, row, 'PARENT_SERVICE_TAG', messages.bad, (tag) => isTag(tag, scope.version));
  },
  fixes: (finding, scope) => cleanTag(finding, scope, messages.clean),
};
