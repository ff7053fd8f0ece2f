import { groupIdentity, knownGroups } from '../mapping/functionalGroups.ts';
import { traitsOf } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import { nearest } from '../text/nearest.ts';
import type { Finding, Fix, FixScope } from './rule.ts';
import type { Template } from '../text/message.ts';

/** Names that older versions and documents used, and the stem that Omnia knows today. */
const formerStems: Readonly<Record<string, string>> = {
  baseos: 'os',
  kube_control_plane: 'service_kube_control_plane',
  kube_node: 'service_kube_node',
  slurm_control: 'slurm_control_node',
  slurm_worker: 'slurm_node',
  login: 'login_node',
  login_compiler: 'login_compiler_node',
  compiler_node: 'login_compiler_node',
};

/**
 * Offers the roles nearest to the one written. Only a difference in case or dashes leaves no doubt and counts as safe.
 */
export function replaceFunctionalGroup(finding: Finding, scope: FixScope, title: Template): Fix[] {
  const value = subject(finding, scope)?.value;
  if (value === undefined || value === '') return [];
  const candidates = traitsOf(scope.version).catalogRoles
    ? [...(scope.context.catalog ?? knownGroups('2.2').map(({ name }) => name))]
    : knownGroups(scope.version).map(({ name }) => name);
  const plain = value.toLowerCase().replaceAll('-', '_');
  const exact = candidates.find((name) => name === plain);
  if (exact !== undefined) return replaceValue(finding, scope, exact, title, true);
  const identity = groupIdentity(plain);
  const stem = identity?.role ?? plain;
  const renamed = formerStems[stem] ?? stem;
  const known = candidates.filter((name) => groupIdentity(name)?.role === renamed);
  const wanted = known.filter((name) => identity === undefined || name.endsWith(identity.architecture));
  const offered = wanted.length > 0 ? wanted : nearest(plain, candidates);
  return offered.flatMap((name) => replaceValue(finding, scope, name, title, false));
}
