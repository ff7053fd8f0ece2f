import type { Range } from '../text/position.ts';
import type { Params, Template } from '../rules/rule.ts';

/**
 * A fault of an input file beside the mapping file. `error`: what the file was read for is unknown, so checks of the
 * mapping file are impossible. `warning`: one check less, or Omnia will complain about the file itself.
 */
export interface ContextProblem {
  /** Stable, kebab-case; begins with the kind of the file. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
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
