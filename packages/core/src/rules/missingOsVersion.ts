import { groupIdentity, isCatalogManaged } from '../mapping/functionalGroups.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import { hasGroupCharacters } from './badFunctionalGroupChars.ts';
import { replaceValue, subject } from './helpers.ts';
import type { FixScope, Rule } from './rule.ts';

const messages = {
  kubernetes: "'{value}' has no OS release. Omnia 2.3 documents one in each service_kube_* role, such as {example}.",
  release: "'{value}' has no OS release. Late Omnia 2.3 requires it before the architecture, such as {example}.",
  add: "Change to '{value}'",
} as const;

/** Late 2.3 demands the OS release in the roles of the catalog; the documentation of 2.3 in those of Kubernetes (omnia.md sections 1.4 and 1.6). */
export const missingOsVersion: Rule = {
  code: 'missing-os-version',
  levels: levels({ '2.3': 'warning', '2.3os': 'error', next: 'off' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!isCatalogManaged(value) || !hasGroupCharacters(value, scope.version)) return;
    const identity = groupIdentity(value);
    if (identity === undefined || identity.osRelease !== undefined) return;
    const isDemanded = traitsOf(scope.version).osRelease === 'demanded';
    if (!isDemanded && !value.startsWith('service_kube_')) return;
    const example = `${identity.role}_rhel_10_0_${identity.architecture}`;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), isDemanded ? messages.release : messages.kubernetes, {
      value,
      example,
    });
  },
  fixes(finding, scope) {
    const identity = groupIdentity(subject(finding, scope)?.value ?? '');
    if (identity === undefined) return [];
    const releases = releasesOf(scope, identity.role, identity.architecture);
    return releases.flatMap((release) => {
      const value = `${identity.role}_${release}_${identity.architecture}`;
      return replaceValue(
        finding,
        scope,
        value,
        messages.add,
        releases.length === 1 && scope.context.catalog !== undefined,
      );
    });
  },
};

/** Releases of this role in the catalog, else those that other rows use, else Omnia's default. */
function releasesOf(scope: FixScope, role: string, architecture: string): string[] {
  const releases = new Set<string>();
  for (const name of scope.context.catalog ?? []) {
    const identity = groupIdentity(name);
    if (identity?.role === role && identity.architecture === architecture && identity.osRelease !== undefined) {
      releases.add(identity.osRelease);
    }
  }
  if (releases.size > 0) return [...releases];
  for (const name of scope.index('FUNCTIONAL_GROUP_NAME').keys()) {
    const release = groupIdentity(name)?.osRelease;
    if (release !== undefined) releases.add(release);
  }
  return releases.size > 0 ? [...releases] : ['rhel_10_0'];
}
