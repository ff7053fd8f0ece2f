import { layerOf } from '../mapping/functionalGroups.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import { isTag } from './badServiceTag.ts';
import { related, replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  differs: "{group} has the parent '{wanted}' in its first row and '{value}' here. A group has exactly one parent.",
  lastWins:
    "{group} has the parent '{wanted}' in its first row and '{value}' here. Omnia uses the parent of the last row for the whole group.",
  first: "The first row of {group} has '{wanted}'.",
  follow: "Change to '{value}', as in the first row of the group",
} as const;

/** Rule 20 of omnia.md section 1.3; not checked in 2.3, where the last row wins silently (section 1.2). */
export const groupParentMismatch: Rule = {
  code: 'group-parent-mismatch',
  levels: levels({ '2.1': 'error', '2.3': 'warning' }),
  messages,
  grouping: {
    judgesSingles: false,
    place(row, { add }, { version }) {
      // 2.3 documents groups of a service_kube_node, which has no parent, and the Slurm nodes that it serves.
      const { judgesParents } = traitsOf(version);
      if (!judgesParents && layerOf(row.text.FUNCTIONAL_GROUP_NAME, version) === 'management') return;
      if (row.text.GROUP_NAME !== '') add(row.text.GROUP_NAME, row.text.PARENT_SERVICE_TAG);
    },
  },
  checkBucket(bucket, scope) {
    if (bucket.size < 2) return;
    const [first, ...rest] = bucket.all();
    if (first === undefined || scope.layout.cellOf.PARENT_SERVICE_TAG === undefined) return;
    const wanted = first.text.PARENT_SERVICE_TAG;
    const message = traitsOf(scope.version).judgesParents ? messages.differs : messages.lastWins;
    for (const row of rest) {
      const value = row.text.PARENT_SERVICE_TAG;
      if (value === wanted) continue;
      const params = { group: bucket.key, wanted, value };
      scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), message, params, [
        related(scope, first, 'PARENT_SERVICE_TAG', messages.first, params),
      ]);
    }
  },
  fixes(finding, scope) {
    const row = subject(finding, scope)?.row;
    const wanted = String(finding.params['wanted'] ?? '');
    const { version } = scope;
    const isManagement = layerOf(row?.text.FUNCTIONAL_GROUP_NAME ?? '', version) === 'management';
    // A wrong tag is not passed on, and a node that must have no parent gets none.
    const isFit = wanted === '' || (isTag(wanted, version) && !(isManagement && traitsOf(version).judgesParents));
    return row === undefined || !isFit ? [] : replaceValue(finding, scope, wanted, messages.follow, false);
  },
};
