import { layerOf } from '../mapping/functionalGroups.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { isAlphanumeric } from '../text/pythonText.ts';
import { needsParent } from './computeNeedsParent.ts';
import { byParent } from './groupings.ts';
import { parentSpelling, parentSuggestions } from './parentFixes.ts';
import type { Rule } from './rule.ts';

const messages = {
  dangling:
    "No row has the SERVICE_TAG '{value}'. Omnia {version} does not check this parent, but nothing will serve the node.",
  choose: "Change to '{value}'",
} as const;

/** A parent that exists nowhere, where Omnia does not look (omnia.md section 1.7). */
export const danglingParent: Rule = {
  code: 'dangling-parent',
  levels: everywhere('warning'),
  messages,
  grouping: byParent,
  checkBucket(bucket, scope) {
    if (!isAlphanumeric(bucket.key) || scope.find('SERVICE_TAG', bucket.key).length > 0) return;
    for (const row of bucket.all()) {
      const role = row.text.FUNCTIONAL_GROUP_NAME;
      const isRefused = needsParent(row, scope) || layerOf(role, scope.version) === 'management';
      if (traitsOf(scope.version).judgesParents && isRefused) continue;
      const params = { value: bucket.key, version: scope.version };
      scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), messages.dangling, params);
    }
  },
  fixes: (finding, scope) => parentSpelling(finding, scope, messages.choose),
  suggestions: (finding, scope) => parentSuggestions(finding, scope, messages.choose),
};
