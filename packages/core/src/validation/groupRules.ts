import type { Grouping, Rule } from '../rules/rule.ts';
import { RelationIndex } from './relationIndex.ts';

/** One index for each grouping that active rules use. */
export function groupRules(rules: readonly Rule[]): RelationIndex[] {
  const byGrouping = new Map<Grouping, Rule[]>();
  for (const rule of rules) {
    if (rule.grouping === undefined) continue;
    const sharing = byGrouping.get(rule.grouping);
    if (sharing === undefined) byGrouping.set(rule.grouping, [rule]);
    else sharing.push(rule);
  }
  return [...byGrouping].map(([grouping, sharing]) => new RelationIndex(grouping, sharing));
}
