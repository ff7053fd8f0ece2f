import type { Level, Severity } from '../mapping/versions.ts';
import type { Range } from '../text/position.ts';
import type { Params, Template } from '../text/message.ts';
import type { ContextCode } from './contextCodes.ts';

/**
 * A fault of an input file next to the mapping file. By default `error` means that what the file was read for is
 * unknown, so the mapping file cannot be checked. `warning`: one check is skipped, or Omnia will complain about the
 * file itself. A user may give the code another level.
 */
export interface ContextProblem {
  readonly code: ContextCode;
  readonly severity: Severity;
  /** English with `{name}` placeholders, as in findings. */
  readonly message: Template;
  readonly params: Params;
  /** In the text without its byte order mark. */
  readonly range: Range;
}

/** What was understood of a file. `value` is undefined when nothing in it can be relied on. */
export interface Parsed<T> {
  readonly value: T | undefined;
  readonly problems: readonly ContextProblem[];
}

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly range: Range;
}

/** The problems at the levels that the user gave their codes; those that are off are left out. */
export function withLevels(
  problems: readonly ContextProblem[],
  overrides: ReadonlyMap<string, Level>,
): readonly ContextProblem[] {
  return problems.flatMap((problem) => {
    const level = overrides.get(problem.code) ?? problem.severity;
    return level === 'off' ? [] : { ...problem, severity: level };
  });
}
