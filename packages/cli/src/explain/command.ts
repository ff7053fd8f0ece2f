import { nearest } from '@omnia-buildstream/core/text/nearest';
import { parseArguments } from '../arguments.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { bad, isForPrograms, outputOptions } from '../optionValues.ts';
import { formatTable } from '../table.ts';
import { readPage, type RulePage } from './page.ts';

const options = { ...outputOptions, help: { type: 'boolean', short: 'h', default: false } } as const;

const help = `Usage: buildstream explain [CODE] [OPTIONS]

Prints the page of a rule: what it is about, why, its level by Omnia version, an example, and how to repair what it finds.
Without CODE: all rules, with a sentence for each.

Options:
  --format FORMAT  text or json
  --json           the same as --format json
  --help, -h       this text
`;

/** `buildstream explain CODE`: a rule page, which is built into the command. */
export const explain: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(help);
    return exitCodes.ok;
  }
  const isJson = isForPrograms(values, 'json');
  const [code, ...more] = positionals;
  if (more.length > 0) throw bad('explain takes one code.');
  const { pages } = await import('#rule-pages');
  if (code === undefined) {
    const all = Object.keys(pages).map((name) => pageOf(pages, name));
    const rows = all.map(({ code: name, summary }) => [name, summary]);
    await io.stdout.write(
      isJson ? `${JSON.stringify(all, undefined, 2)}\n` : `${formatTable(['CODE', 'MEANING'], rows)}\n`,
    );
    return exitCodes.ok;
  }
  if (!Object.hasOwn(pages, code)) {
    const [suggestion] = nearest(code, Object.keys(pages), 1);
    throw bad(`There is no rule "${code}".${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`);
  }
  const page = pageOf(pages, code);
  await io.stdout.write(isJson ? `${JSON.stringify(page, undefined, 2)}\n` : page.text);
  return exitCodes.ok;
};

function pageOf(pages: Readonly<Record<string, string>>, code: string): RulePage {
  return readPage(code, pages[code] ?? '');
}
