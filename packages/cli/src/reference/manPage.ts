import type { CommandEntry } from './commandTree.ts';
import type { HelpOption, HelpPart } from './helpText.ts';

/** The page `buildstream(1)` in the language of man(7). */
export function manPage(entries: readonly CommandEntry[], version: string): string {
  const [root, ...commands] = entries;
  const names = commands
    .filter(({ path }) => path.length === 1)
    .map(({ path, summary }) => `.TP\n\\fB${escaped(path[0] ?? '')}\\fR\n${line(summary)}`);
  return `${[
    `.TH BUILDSTREAM 1 "" "buildstream ${version}" "User Commands"`,
    '.SH NAME',
    `buildstream \\- ${escaped(root?.summary ?? '')}`,
    '.SH SYNOPSIS',
    '.B buildstream',
    '.I COMMAND\n[\\fIARGUMENTS\\fR]',
    '.SH COMMANDS',
    ...names,
    ...afterCommands(root?.help.parts ?? []).flatMap(partOf),
    ...commands.flatMap((entry) => [
      `.SH "BUILDSTREAM ${escaped(entry.path.join(' ').toUpperCase())}"`,
      ...sectionOf(entry),
    ]),
  ].join('\n')}\n`;
}

/** The list of commands is given above. */
function afterCommands(parts: readonly HelpPart[]): readonly HelpPart[] {
  const at = parts.findIndex((part) => part.kind === 'heading' && part.lines[0] === 'Commands:');
  return parts.slice(at + 2);
}

function sectionOf({ help, options }: CommandEntry): string[] {
  const told = new Set(help.options.map(({ name }) => name));
  const others = options.filter(({ name }) => !told.has(name));
  const usage = ['.nf', ...help.usage.map(line), '.fi'];
  return [
    ...usage,
    ...help.parts.flatMap(partOf),
    ...(others.length > 0 ? ['.PP', 'Also:', ...others.map(optionOf)] : []),
  ];
}

function partOf(part: HelpPart): string[] {
  if (part.kind === 'options') return part.options.map(optionOf);
  if (part.kind === 'heading') return [`.SS "${escaped((part.lines[0] ?? '').replace(/:$/, ''))}"`];
  // Tables and lists keep their lines.
  const isTable = part.lines.some((one) => /^ |\S {2,}\S/.test(one));
  return isTable ? ['.PP', '.nf', ...part.lines.map(line), '.fi'] : ['.PP', ...part.lines.map(line)];
}

function optionOf({ name, short, value, text }: HelpOption): string {
  const names = [name, ...(short === undefined ? [] : [short])].map((one) => `\\fB${escaped(one)}\\fR`).join(', ');
  return `.TP\n${names}${value === undefined ? '' : ` \\fI${escaped(value)}\\fR`}\n${line(text)}`;
}

/** A line of text: one that begins with a dot or an apostrophe would be a request. */
function line(text: string): string {
  const safe = escaped(text);
  return /^[.']/.test(safe) ? `\\&${safe}` : safe;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll('\u2026', '...')
    .replaceAll('\u2019', "'");
}
