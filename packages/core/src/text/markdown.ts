import type { Template } from './message.ts';
import { plainLine } from './foreignText.ts';
import type { Say } from './message.ts';

/**
 * Markdown that is safe by construction: only this file makes it. Texts that are inserted are words and stay words:
 * never HTML, links, pictures or markup, whoever wrote them.
 */
class SafeMarkdown {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}
export type { SafeMarkdown as Markdown };

/** A part of a document: a text of anybody, a number, or Markdown of ours. */
export type MarkdownPart = string | number | SafeMarkdown;

/** Our markup as it is; what is inserted is escaped unless it is Markdown already. */
export function md(markup: TemplateStringsArray, ...parts: readonly MarkdownPart[]): SafeMarkdown {
  const pieces = markup.flatMap((piece, index) => {
    const part = parts[index];
    return part === undefined ? [piece] : [piece, textOf(part)];
  });
  return new SafeMarkdown(pieces.join(''));
}

/** A translated template, its placeholders filled. */
export function sayMarkdown(
  say: Say,
  template: Template,
  params: Readonly<Record<string, MarkdownPart>> = {},
): SafeMarkdown {
  const pieces = say(template).split(/(\{\w+\})/);
  return new SafeMarkdown(
    pieces
      .map((piece, index) => {
        const part = index % 2 === 1 ? params[piece.slice(1, -1)] : undefined;
        return part === undefined ? words(piece) : textOf(part);
      })
      .join(''),
  );
}

/** Text as inline code, whatever backticks it contains. */
export function code(text: string): SafeMarkdown {
  return new SafeMarkdown(codeSpan(plainLine(text)));
}

/** A link of ours. @param url one that we made, percent-encoded */
export function link(text: MarkdownPart, url: string): SafeMarkdown {
  return new SafeMarkdown(`[${textOf(text)}](${url.replace(/[()<>\s\\]/g, percent)})`);
}

/** One of VS Code's icons, where the renderer draws them. */
export function icon(name: string): SafeMarkdown {
  return new SafeMarkdown(`$(${name.replace(/[^\w~-]/g, '')})`);
}

export function joined(parts: readonly MarkdownPart[], separator: string): SafeMarkdown {
  return new SafeMarkdown(parts.map(textOf).join(separator));
}

/** Blocks with an empty line between them; empty ones are dropped. */
export function blocks(parts: readonly MarkdownPart[]): SafeMarkdown {
  return joined(
    parts.filter((part) => textOf(part) !== ''),
    '\n\n',
  );
}

export function bullets(items: readonly MarkdownPart[]): SafeMarkdown {
  return joined(
    items.map((item) => md`- ${item}`),
    '\n',
  );
}

/** In a cell, a `|` of code is shown as `¦`: renderers do not agree on how it is written. */
export function table(head: readonly MarkdownPart[], rows: readonly (readonly MarkdownPart[])[]): SafeMarkdown {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = (part: MarkdownPart): string => textOf(part).replace(/\\+\|?|\|/g, withoutPipe);
  return new SafeMarkdown(
    [head.map(cell), head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(line).join('\n'),
  );
}

/** `found`: backslashes, with or without a pipe after them. An odd number of them escapes it. */
function withoutPipe(found: string): string {
  return found.endsWith('|') && found.length % 2 === 1 ? `${found.slice(0, -1)}¦` : found;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function textOf(part: MarkdownPart): string {
  return typeof part === 'string' ? words(plainLine(part)) : String(part);
}

/** What renderers turn into links without any markup; in what follows one, they take escapes for a part of it. */
const address = /\/\/|@|www\.|mailto:|xmpp:/i;
const markup = /[\\`*_{}[\]()#+\-.!|<>&~$=]/g;

/** Addresses are code, because nothing else keeps renderers from making links of them. */
function words(line: string): string {
  return line
    .replaceAll('$(', '$ (')
    .split(/(\s+)/)
    .map((word) => (address.test(word) ? codeSpan(word) : word.replace(markup, '\\$&')))
    .join('');
}

function codeSpan(text: string): string {
  if (text === '') return '';
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? fence + text + fence : `${fence} ${text} ${fence}`;
}
