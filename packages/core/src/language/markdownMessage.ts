import type { Template } from '../rules/rule.ts';
import { escapeMarkdown } from '../text/markdown.ts';
import { renderMessage, type Say } from '../text/message.ts';

/** A translated template as Markdown text, its placeholders filled with Markdown. */
export function sayMarkdown(
  say: Say,
  template: Template,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return renderMessage(escapeMarkdown(say(template)).replace(/\\\{(\w+)\\\}/g, '{$1}'), params);
}
