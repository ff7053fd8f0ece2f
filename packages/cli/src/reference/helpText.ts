/** An option as a help text explains it. */
export interface HelpOption {
  /** `--format`. */
  readonly name: string;
  /** `-h`. */
  readonly short: string | undefined;
  /** The placeholder for its value, such as FILE; undefined: it takes none. */
  readonly value: string | undefined;
  /** In one line. */
  readonly text: string;
}

/** A help text, parsed: completion and man page say what `--help` says, because they are made from it. */
export interface HelpText {
  /** Without `Usage: `. */
  readonly usage: readonly string[];
  /** Everything else, in its order. */
  readonly parts: readonly HelpPart[];
  readonly options: readonly HelpOption[];
}

export type HelpPart =
  | { readonly kind: 'heading' | 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'options'; readonly options: readonly HelpOption[] };

const optionLine = /^ {2}(--[a-z][\w-]*)(?:, (-\w))?(?: (\S+))?(?: {1,40}(\S.*))?$/;

/** Reads one of our help texts. */
export function readHelp(help: string): HelpText {
  const lines = help.trimEnd().split('\n');
  const end = lines.findIndex((line) => line.trim() === '');
  const usage = lines.slice(0, end < 0 ? lines.length : end).map((line) => line.replace(/^(?:Usage:)?\s*/, ''));
  const parts: HelpPart[] = [];
  let text: string[] = [];
  let options: HelpOption[] = [];
  const close = (): void => {
    if (text.length > 0) parts.push({ kind: isHeading(text) ? 'heading' : 'lines', lines: text });
    if (options.length > 0) parts.push({ kind: 'options', options });
    [text, options] = [[], []];
  };
  for (const line of lines.slice(usage.length)) {
    const [, name, short, value, words = ''] = optionLine.exec(line) ?? [];
    const last = options.at(-1);
    if (name !== undefined) {
      if (text.length > 0) close();
      options.push({ name, short, value, text: words });
    } else if (last !== undefined && /^ {6}/.test(line)) {
      options[options.length - 1] = { ...last, text: `${last.text} ${line.trim()}`.trim() };
    } else {
      if (options.length > 0 || line.trim() === '') close();
      if (line.trim() !== '') text.push(line);
      if (isHeading(text)) close();
    }
  }
  close();
  return { usage, parts, options: parts.flatMap((part) => (part.kind === 'options' ? part.options : [])) };
}

function isHeading(text: readonly string[]): boolean {
  return text.length === 1 && /^[A-Z].*:$/.test(text[0] ?? '');
}
