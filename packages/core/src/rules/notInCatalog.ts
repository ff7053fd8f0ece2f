import { groupIdentity, isCatalogManaged } from '../mapping/functionalGroups.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import { nearest } from '../text/nearest.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  unknown: "The catalog has no functional layer for '{value}', so there is no image for this node.",
  replace: "Replace with '{value}'",
} as const;

/** Roles of 2.3 must be in the catalog; the OS release must match where given, in late 2.3 always (omnia.md section 1.6). */
export const notInCatalog: Rule = {
  code: 'not-in-catalog',
  levels: levels({ '2.3': 'error' }),
  messages,
  needs: 'catalog',
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!isCatalogManaged(value) || isInCatalog(value, scope)) return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.unknown, { value });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value ?? '';
    return nearest(value, scope.context.catalog ?? []).flatMap((name) =>
      replaceValue(finding, scope, name, messages.replace, false),
    );
  },
};

function isInCatalog(value: string, { context, version }: Scope): boolean {
  const wanted = groupIdentity(value);
  // An empty catalog is an unreadable one, and Omnia then skips the check.
  if (context.catalog === undefined || context.catalog.size === 0) return true;
  if (wanted === undefined) return false;
  for (const name of context.catalog) {
    const layer = groupIdentity(name);
    if (layer?.role !== wanted.role || layer.architecture !== wanted.architecture) continue;
    if (layer.osRelease === wanted.osRelease) return true;
    if (traitsOf(version).osRelease === 'optional' && wanted.osRelease === undefined) return true;
  }
  return false;
}
