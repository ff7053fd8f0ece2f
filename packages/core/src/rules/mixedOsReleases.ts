import { groupIdentity } from '../mapping/functionalGroups.ts';
import { levels } from '../mapping/versions.ts';
import { related } from './helpers.ts';
import type { Grouping, Rule } from './rule.ts';

const messages = {
  kubernetes:
    '{value} differs from {first} of the other Kubernetes nodes. Omnia documents one minor release for all of them.',
  slurm: '{value} differs from {first} of the other Slurm nodes. Omnia documents one major release for all of them.',
  first: '{first} is used here first.',
} as const;

/** What must be equal in each cluster: Kubernetes' whole release, of Slurm's its name and first number. */
const clusters = {
  kubernetes: { isIn: (role: string) => role.startsWith('service_kube_'), part: (release: string) => release },
  slurm: {
    isIn: (role: string) => role.startsWith('slurm_') || /^login_(?:compiler_)?node$/.test(role),
    part: (release: string) => release.split('_', 2).join('_'),
  },
} as const;
type Cluster = keyof typeof clusters;
const names = Object.keys(clusters) as readonly Cluster[];

/** Rows of a cluster whose role names a release; values are what must be equal. */
const byRelease: Grouping = {
  judgesSingles: false,
  place(row, { add }) {
    const identity = groupIdentity(row.text.FUNCTIONAL_GROUP_NAME);
    if (identity?.osRelease === undefined) return;
    const name = names.find((candidate) => clusters[candidate].isIn(identity.role));
    if (name !== undefined) add(name, clusters[name].part(identity.osRelease));
  },
};

/** Documented, checked by no version (omnia.md section 1.7). */
export const mixedOsReleases: Rule = {
  code: 'mixed-os-releases',
  levels: levels({ '2.3': 'warning' }),
  messages,
  grouping: byRelease,
  checkBucket(bucket, scope) {
    const [one, ...others] = bucket.firsts();
    const cluster = names.find((name) => name === bucket.key);
    if (one === undefined || cluster === undefined) return;
    const releaseOf = (group: string): string => groupIdentity(group)?.osRelease ?? '';
    const first = releaseOf(one.text.FUNCTIONAL_GROUP_NAME);
    for (const other of others) {
      const params = { value: releaseOf(other.text.FUNCTIONAL_GROUP_NAME), first };
      scope.report(scope.at(other, 'FUNCTIONAL_GROUP_NAME'), messages[cluster], params, [
        related(scope, one, 'FUNCTIONAL_GROUP_NAME', messages.first, params),
      ]);
    }
  },
};
