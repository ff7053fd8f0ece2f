import { isRead, type TableKind } from '../mapping/tableKind.ts';
import type { Rule } from '../rules/rule.ts';
import { groupRules } from './groupRules.ts';
import type { RelationIndex } from './relationIndex.ts';
import { levelOf, type ValidationSettings } from './settings.ts';

/** The rules that are on and have what they need, by what they look at. */
export interface ActiveRules {
  readonly file: readonly Rule[];
  readonly record: readonly Rule[];
  readonly row: readonly Rule[];
  readonly relations: readonly RelationIndex[];
}

export function activeRules(rules: readonly Rule[], settings: ValidationSettings, kind: TableKind): ActiveRules {
  const active = rules.filter(
    (rule) =>
      (rule.ofAnyTable === true || isRead(kind)) &&
      levelOf(rule, settings) !== 'off' &&
      (rule.needs === undefined || settings.context[rule.needs] !== undefined),
  );
  return {
    file: active.filter((rule) => rule.checkFile !== undefined),
    record: active.filter((rule) => rule.checkRecord !== undefined),
    row: active.filter((rule) => rule.checkRow !== undefined),
    relations: groupRules(active),
  };
}
