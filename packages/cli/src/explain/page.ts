/** A page of docs/rules. */
export interface RulePage {
  readonly code: string;
  /** Its first sentence or two. */
  readonly summary: string;
  /** All of it as Markdown that a terminal can show; links to other pages become their names. */
  readonly text: string;
}

export function readPage(code: string, markdown: string): RulePage {
  const text = markdown.replaceAll(/\[([^[\]\n]+)\]\([^()\s]+\)/g, '$1').replaceAll(/^```(\w+) \w+$/gm, '```$1');
  const [, summary = ''] = text.split(/\n\n+/, 2);
  return { code, summary: summary.replaceAll('\n', ' ').trim(), text };
}
