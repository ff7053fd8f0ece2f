import type { Finding, Rule } from '../rules/rule.ts';

/** Sorts findings in place: by record, then cell, then the order of the rules. */
export function inFileOrder(findings: Finding[], rules: readonly Rule[]): Finding[] {
  const rank = new Map(rules.map((rule, index) => [rule, index]));
  return findings.sort(
    (a, b) =>
      (a.place.record?.order ?? -1) - (b.place.record?.order ?? -1) ||
      (a.place.cell ?? -1) - (b.place.cell ?? -1) ||
      (rank.get(a.rule) ?? 0) - (rank.get(b.rule) ?? 0),
  );
}
