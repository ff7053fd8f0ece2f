import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';

/**
 * The mapping file as a version's restart stage reads it: in 2.3 a row that starts with `#` is a row like any other,
 * and an invalid row ends the stage (omnia.md section 4.1), which `ends` then reports.
 */
export function effectiveMapping(
  text: string,
  version: OmniaVersion,
): { readonly text: string; readonly ends?: undefined } | { readonly ends: string } {
  if (!traitsOf(version).restartsComments) return { text };
  const [first] = obstaclesOf(text, version);
  if (first !== undefined) {
    const lines = first.lines.map((line) => String(line + 1)).join(', ');
    return { ends: `Invalid PXE inventory row (${first.kind}): line ${lines}` };
  }
  const lines = text.split('\n');
  for (const { line, isCommented } of omniaTargetsOf(text, version)) {
    if (isCommented === true) lines[line] = (lines[line] ?? '').replace(/^(\s*"?)#+/, '$1');
  }
  return { text: lines.join('\n') };
}
