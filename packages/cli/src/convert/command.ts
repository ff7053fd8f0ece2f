import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { convertLayout } from '@omnia-buildstream/core/editing/convertLayout';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { oneOf, parseArguments } from '../arguments.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { bad } from '../optionValues.ts';
import { readSource } from '../validate/source.ts';
import { convertHelp } from './help.ts';

const options = {
  to: { type: 'string' },
  'os-release': { type: 'string', default: '' },
  omnia: { type: 'string' },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `buildstream convert`: a mapping file in the layout of another version, all of it or nothing. */
export const convert: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(convertHelp);
    return exitCodes.ok;
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw bad('Name one mapping file to convert, or - for standard input.');
  if (values.to === undefined) throw bad('Name the version to convert to with --to.');
  if (values.write && file === '-') throw bad('Standard input cannot be replaced: leave out --write.');
  const to = oneOf('--to', values.to, omniaVersions);
  const source = await readSource(file, io, values.write);
  if (source.content.encoding.kind === 'not-utf8') throw bad(`${file} is not UTF-8. Save it as UTF-8 first.`);
  const document = new CsvDocument(source.content.text);
  const version =
    values.omnia === undefined
      ? versionOf(file === '-' ? '' : path.resolve(io.cwd, file), document)
      : oneOf('--omnia', values.omnia, omniaVersions);
  // Without rules nothing is judged: only rows and columns are needed.
  const settings = { version, context: {}, overrides: new Map(), encoding: source.content.encoding };
  const model = new MappingModel(document, [], settings);
  const change = convertLayout(model, { kind: 'convert', to, osRelease: values['os-release'] }, renderMessage);
  if (change.refused !== null) {
    await io.stderr.write(`${file}: ${change.refused}\n`);
    return exitCodes.errorsFound;
  }
  for (const note of change.notes) await io.stderr.write(`${file}: ${note}\n`);
  const text = applyEdits(source.content.text, change.edits);
  if (source.target === undefined) await io.stdout.write({ as: 'file', text });
  else {
    const { replaceFile } = await import('../validate/replaceFile.ts');
    await replaceFile(source.path, source.target, text, io.fs);
  }
  return exitCodes.ok;
};
