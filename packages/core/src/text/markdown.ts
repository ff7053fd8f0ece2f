/** Text that Markdown shows as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>&~$]/g, '\\$&');
}

/** Text as inline code, whatever back-ticks it has. */
export function inlineCode(text: string): string {
  const shown = text.replace(/[\r\n]+/g, ' ');
  if (shown === '') return '';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? fence + shown + fence : `${fence} ${shown} ${fence}`;
}
