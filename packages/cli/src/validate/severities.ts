import { nearest } from '@omnia-buildstream/core/text/nearest';
import { cannotRun } from '../cannotRun.ts';

/** Checks that each rule with a changed severity exists; all rules are loaded only to answer that. @throws UserError */
export async function checkCodes(overrides: ReadonlyMap<string, unknown>): Promise<void> {
  if (overrides.size === 0) return;
  const { catalog } = await import('@omnia-buildstream/core/rules/catalog');
  const codes = catalog.map((entry) => entry.code);
  for (const code of overrides.keys()) {
    if (codes.includes(code)) continue;
    const [suggestion] = nearest(code, codes, 1);
    const question = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
    throw cannotRun('arguments', `There is no rule "${code}".${question}`);
  }
}
