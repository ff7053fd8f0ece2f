import {
  architectures,
  functionalGroups,
  groupIdentity,
  isCatalogManaged,
  knownGroups,
} from '../mapping/functionalGroups.ts';
import type { MappingRow } from '../mapping/row.ts';
import { traitsOf } from '../mapping/versions.ts';
import { nextValue } from '../rules/suggest.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { plain, type Suggestion } from './suggestion.ts';

export const roleMessages = {
  sameAsNeighbour: 'as in the row above',
  inUse: 'in use, rows: {count}',
  inCatalog: 'in the catalog',
  withArchitecture: 'with its architecture',
} as const;

/** Omnia gives this role to the first control plane itself; it is not meant to be typed. */
const assignedByOmnia = 'service_kube_control_plane_first_x86_64';

/** Roles for a row: the one above, those in use, those of the catalog, those that Omnia knows. */
export function roleSuggestions(model: MappingModel, row: MappingRow, say: Say): Suggestion[] {
  const neighbour = nextValue(model, row, 'FUNCTIONAL_GROUP_NAME');
  const described = new Map(functionalGroups.map(({ name, description }) => [name, say(description)]));
  const { catalogRoles } = traitsOf(model.version);
  const known = catalogRoles
    ? laterRoles(model, say)
    : knownGroups(model.version).map(({ name, description }): Suggestion => plain('role', name, say(description)));
  const used = [...model.index('FUNCTIONAL_GROUP_NAME')]
    // A value that is being typed is in use only by itself.
    .filter(([name, rows]) => name !== row.text.FUNCTIONAL_GROUP_NAME || rows.length > 1)
    .filter(([name]) => catalogRoles || described.has(name))
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, { length }]) =>
      plain('role', name, described.get(name) ?? say(roleMessages.inUse, { count: length })),
    );
  const above = neighbour === undefined ? [] : [plain('role', neighbour, say(roleMessages.sameAsNeighbour))];
  return [...completed(model, row, say), ...above, ...used, ...known.filter(({ label }) => label !== assignedByOmnia)];
}

/** From 2.3 roles may be anything with an architecture; those of Omnia carry an OS release in the later version. */
function laterRoles(model: MappingModel, say: Say): Suggestion[] {
  const { context } = model;
  const { osRelease } = traitsOf(model.version);
  const inCatalog = [...(context.catalog ?? [])].filter((name) => groupIdentity(name) !== undefined);
  const releases = new Set(
    [...model.index('FUNCTIONAL_GROUP_NAME').keys(), ...inCatalog].flatMap(
      (name) => groupIdentity(name)?.osRelease ?? [],
    ),
  );
  const named = functionalGroups.flatMap(({ name, description }) => {
    const identity = groupIdentity(name);
    if (identity === undefined || !isCatalogManaged(name)) return [plain('role', name, say(description))];
    const { role: stem, architecture } = identity;
    const withRelease = [...releases].map((release) =>
      plain('role', `${stem}_${release}_${architecture}`, say(description)),
    );
    return osRelease === 'demanded' ? withRelease : [...withRelease, plain('role', name, say(description))];
  });
  return [...inCatalog.map((name) => plain('role', name, say(roleMessages.inCatalog))), ...named];
}

/** From 2.3 a custom role can lack only its architecture. */
function completed(model: MappingModel, row: MappingRow, say: Say): Suggestion[] {
  const typed = row.text.FUNCTIONAL_GROUP_NAME;
  if (
    !traitsOf(model.version).catalogRoles ||
    !/^[A-Za-z0-9_-]*[A-Za-z0-9]$/.test(typed) ||
    groupIdentity(typed) !== undefined
  )
    return [];
  return architectures.map((architecture) =>
    plain('role', `${typed}_${architecture}`, say(roleMessages.withArchitecture)),
  );
}
