/** Where a text comes from that is not ours. */
export type Source = 'the mapping file' | 'files of the project' | 'GitLab' | 'the management server' | 'BMCs';

/** Part of an answer: our words, or text with contributions from others. Our words never contain foreign text. */
export type Part = { readonly own: string } | { readonly foreign: string; readonly from: readonly Source[] };

export interface ToolAnswer {
  readonly parts: readonly Part[];
  /** The tool did not do what was requested. */
  readonly isError: boolean;
}

export function answer(...parts: readonly Part[]): ToolAnswer {
  return { parts, isError: false };
}

/** Says that the tool did nothing, and why: in our words, followed by the data that they refer to. */
export function refusal(own: string, ...more: readonly Part[]): ToolAnswer {
  return { parts: [{ own }, ...more], isError: true };
}
