import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import { StateError } from '@omnia-buildstream/engine/ports/stateStore';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { renderJunit } from '@omnia-buildstream/engine/validate/report/render';
import { prepareValidate, type PreparedValidate } from '@omnia-buildstream/runner/validate';
import { CannotRun, causeOf } from '../../cannotRun.ts';
import { exitCodes, type Io } from '../../io.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { contactsText } from './contacts.ts';
import { runValidateHelp } from './help.ts';
import { parseValidateOptions, type ValidateOptions } from './options.ts';
import { ValidateProgress } from './progress.ts';
import { requestOf } from './request.ts';
import { validateSummaryText } from './summary.ts';

/** Something failed, or was not tested. */
const someFailed = 3;

/** `buildstream run validate`: what is contacted, the tests, the report. */
export async function runValidateCommand(args: readonly string[], io: Io): Promise<number> {
  const options = parseValidateOptions(args);
  if (options.help) {
    await io.stdout.write(runValidateHelp);
    return exitCodes.ok;
  }
  const request = await requestOf(options, io);
  const prepared = prepareValidate(request);
  if (prepared.checkCount === 0 && request.molecule === undefined) {
    throw new CannotRun(
      'arguments',
      'There is nothing to test: no node asks for these checks. See --only and --nodes.',
    );
  }
  await (options.isNdjson ? io.stderr : io.stdout).write(contactsText(prepared.contacts, options, request));
  const report = await runPrepared(prepared, options, io);
  if (options.junit !== undefined) await writeJunit(options.junit, report, io);
  if (!options.isNdjson) await io.stdout.write(validateSummaryText(report));
  return report.outcome === 'PASSED' ? exitCodes.ok : someFailed;
}

async function runPrepared(prepared: PreparedValidate, { isNdjson }: ValidateOptions, io: Io): Promise<TestReport> {
  const interrupts = listenForInterrupts();
  const progress = new ValidateProgress(io.stderr, () => systemClock.monotonic());
  let written: Promise<void> = Promise.resolve();
  try {
    const { report } = await prepared.start(
      (event) => {
        if (!isNdjson) progress.show(event);
        else written = written.then(() => io.stdout.write(`${JSON.stringify(event)}\n`)).catch(() => undefined);
      },
      AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]),
    );
    await written;
    await progress.flush();
    return report;
  } catch (error) {
    throw error instanceof StateError ? new CannotRun('file', `${error.message}.`) : error;
  } finally {
    interrupts.dispose();
  }
}

async function writeJunit(file: string, report: TestReport, io: Io): Promise<void> {
  try {
    await writeFile(path.resolve(io.cwd, file), renderJunit(report));
  } catch (error) {
    throw new CannotRun('output', `${file} cannot be written: ${causeOf(error)}.`);
  }
}
