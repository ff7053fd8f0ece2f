import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  missing: "This role needs '{software}' in software_config.json, which does not list it.",
} as const;

/** Prefixes as Omnia tests them, and the software that they need. */
const needs: readonly (readonly [prefix: string, software: string])[] = [
  ['service_kube_node_', 'service_k8s'],
  ['service_kube_control_plane_', 'service_k8s'],
  ['slurm_control_node_', 'slurm_custom'],
  ['slurm_node_', 'slurm_custom'],
];

/** Rule 27 of omnia.md section 1.3. Omnia names no row; the first one of each software is shown. */
export const softwareMissing: Rule = {
  code: 'software-missing',
  levels: levels({ '2.2': 'error', '2.3': 'off' }),
  messages,
  needs: 'software',
  grouping: {
    judgesSingles: true,
    place(row, { add }) {
      const role = row.text.FUNCTIONAL_GROUP_NAME;
      const software = needs.find(([prefix]) => role.startsWith(prefix))?.[1];
      if (software !== undefined) add(software, '');
    },
  },
  checkBucket(bucket, scope) {
    const row = bucket.first('');
    if (row === undefined || scope.context.software?.has(bucket.key) === true) return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.missing, { software: bucket.key });
  },
};
