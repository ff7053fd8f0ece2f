/** Who wrote a text that is not ours. */
export type Source = 'the mapping file' | 'files of the project' | 'GitLab' | 'the management server' | 'BMCs';

/** A piece of an answer: our words, or text that others contributed to. Our words never contain theirs. */
export type Part = { readonly own: string } | { readonly foreign: string; readonly from: readonly Source[] };

/** What a tool says. */
export interface ToolAnswer {
  readonly parts: readonly Part[];
  /** It did not do what was asked for. */
  readonly isError: boolean;
}

export function answer(...parts: readonly Part[]): ToolAnswer {
  return { parts, isError: false };
}

/** It is not done; in our words, along with what they refer to. */
export function refusal(own: string, ...more: readonly Part[]): ToolAnswer {
  return { parts: [{ own }, ...more], isError: true };
}
