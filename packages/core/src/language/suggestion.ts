import type { Range } from '../text/position.ts';

export type SuggestionKind =
  | 'role'
  | 'group'
  | 'tag'
  | 'hostname'
  | 'address'
  | 'mac'
  | 'nic'
  | 'column'
  | 'header'
  | 'row';

/** One thing that could be typed here. */
export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly label: string;
  /** Beside the label. */
  readonly detail: string;
  /** What to insert: CSV text, or a snippet in the editors' common syntax. */
  readonly newText: string;
  readonly isSnippet?: boolean;
}

/** Suggestions, the best first, and the text that each of them replaces. */
export interface Suggestions {
  readonly range: Range;
  readonly items: readonly Suggestion[];
  /** More exist; typing on brings them. */
  readonly isIncomplete: boolean;
}

/** Escapes text for use inside a snippet placeholder. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A suggestion that inserts its label. */
export function plain(kind: SuggestionKind, label: string, detail: string): Suggestion {
  return { kind, label, detail, newText: label };
}
