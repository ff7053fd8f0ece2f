import { expectedFacts, type ExpectedFact, type ValidationContext } from '../context/context.ts';
import type { Level, OmniaVersion, Severity } from '../mapping/versions.ts';
import type { Finding, Rule } from '../rules/rule.ts';
import type { SourceEncoding } from '../text/sourceEncoding.ts';

/** Everything outside the text that decides what is found in it. */
export interface ValidationSettings {
  readonly version: OmniaVersion;
  readonly context: ValidationContext;
  /** The user's level by rule code; a rule that does not exist in the version stays off. */
  readonly overrides: ReadonlyMap<string, Level>;
  readonly encoding: SourceEncoding;
}

export function levelOf(rule: Rule, settings: ValidationSettings): Level {
  const level = rule.levels[settings.version];
  return level === 'off' ? 'off' : (settings.overrides.get(rule.code) ?? level);
}

/** Severity of a finding that `settings` produced. */
export function severityOf(finding: Finding, settings: ValidationSettings): Severity {
  const level = levelOf(finding.rule, settings);
  return level === 'off' ? 'hint' : level;
}

/** Rules that are skipped because a fact is missing which every project has. */
export function skippedRules(
  rules: readonly Rule[],
  settings: ValidationSettings,
): { readonly code: string; readonly needs: ExpectedFact }[] {
  return rules.flatMap((rule) => {
    const needs = expectedFacts.find((fact) => fact === rule.needs);
    const isSkipped = needs !== undefined && settings.context[needs] === undefined && levelOf(rule, settings) !== 'off';
    return isSkipped ? [{ code: rule.code, needs }] : [];
  });
}
