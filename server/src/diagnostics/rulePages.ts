/** Where the pages of `docs/rules/` can be read. */
const rulePages = 'https://github.com/omnia-buildstream/omnia-buildstream/blob/main/docs/rules';

export function rulePageUrl(code: string): string {
  return `${rulePages}/${code}.md`;
}
