import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { Sieve } from '@omnia-buildstream/core/validation/sieve/sieve';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { isColored } from '../colors.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io, Output } from '../io.ts';
import { ContextLoader } from './context.ts';
import { textOf } from './decode.ts';
import { reportFindings } from './findings.ts';
import { writers } from './formats/writers.ts';
import { validateHelp } from './help.ts';
import { Notes } from './notes.ts';
import { parseOptions, type ValidateOptions } from './options.ts';
import { hasErrors, hasWarnings, type FileReport } from './report.ts';
import { checkCodes } from './severities.ts';
import { settingsOf } from './settingsOf.ts';
import { readSource, type Source } from './source.ts';
import { writeAll } from './writeAll.ts';

/** `buildstream validate`: checks mapping files, repairs them when asked, writes a report. */
export const validate: CommandMain = async (args, io) => {
  const options = parseOptions(args);
  await checkCodes(options.judged.overrides);
  if (options.help) {
    await io.stdout.write(validateHelp);
    return exitCodes.ok;
  }
  if (options.files.length === 0) {
    throw cannotRun('arguments', 'Name the mapping files to validate, or - for standard input.');
  }
  const contexts = new ContextLoader(options.context, io);
  const notes = new Notes();
  // All files are read before anything is written, so that one that cannot be read leaves the others as they are.
  const sources: Source[] = [];
  for (const file of options.files) sources.push(await readSource(file, io, options.fix));
  const reports: FileReport[] = [];
  for (const source of sources) reports.push(await validateSource(source, options, { io, contexts, notes }));

  const isFixedTextOnStdout = options.fix && options.files.includes('-');
  await notes.write(contexts.warnings, options, io.stderr);
  await writeReports(reports, options, isFixedTextOnStdout ? io.stderr : io.stdout, io);
  await writeReportFiles(reports, options, io);
  const isBad = options.strict ? hasWarnings : hasErrors;
  return reports.some(isBad) ? exitCodes.errorsFound : exitCodes.ok;
};

interface Surroundings {
  readonly io: Io;
  readonly contexts: ContextLoader;
  readonly notes: Notes;
}

async function validateSource(
  source: Source,
  { judged, fix, quiet }: ValidateOptions,
  { io, contexts, notes }: Surroundings,
): Promise<FileReport> {
  const { bytes, encoding } = source.content;
  // A repair changes the text, so it needs the whole text.
  const sieve = fix || encoding.kind !== 'utf8' ? undefined : Sieve.of(bytes, textOf);
  const document = sieve?.document ?? new CsvDocument(source.content.text);
  const { settings, isDetected } = await settingsOf(source, document, { judged, contexts, io });
  notes.addSkipped(settings);
  let model: MappingModel;
  if (fix) {
    const { repair } = await import('./fix.ts');
    model = await repair(source, settings, { io, notes });
  } else {
    model =
      sieve?.judge(mappingRules, settings) ??
      new MappingModel(sieve === undefined ? document : new CsvDocument(source.content.text), mappingRules, settings);
  }
  const findings = reportFindings(model, quiet);
  return { path: source.path, omnia: settings.version, detected: isDetected, findings };
}

async function writeReports(
  reports: readonly FileReport[],
  { format, output: file, quiet }: ValidateOptions,
  output: Output,
  io: Io,
): Promise<void> {
  const write = await writers[format]();
  const cwd = path.resolve(io.cwd);
  if (file === undefined) await writeAll(write(reports, { color: isColored(output, io), quiet, cwd }), output);
  else await writeReportFile(file, [...write(reports, { color: false, quiet, cwd })].join(''), io);
}

/** @throws UserError when one cannot be written */
async function writeReportFiles(
  reports: readonly FileReport[],
  { reports: files, quiet }: ValidateOptions,
  io: Io,
): Promise<void> {
  for (const { format, file } of files) {
    const write = await writers[format]();
    await writeReportFile(file, [...write(reports, { color: false, quiet, cwd: path.resolve(io.cwd) })].join(''), io);
  }
}

async function writeReportFile(file: string, content: string, { cwd, fs }: Io): Promise<void> {
  const { writeNamed } = await import('@omnia-buildstream/engine/files/namedFile');
  const place = { file: path.resolve(cwd, file), within: path.resolve(cwd) };
  await writeNamed(fs, place, { content }).catch((error: unknown) => {
    throw cannotRun('file', `The report ${file} cannot be written: ${causeOf(error)}.`);
  });
}
