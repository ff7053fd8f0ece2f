import path from 'node:path';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import { writeNamed } from '@omnia-buildstream/engine/files/namedFile';
import { renderJunit } from '@omnia-buildstream/engine/validate/report/render';
import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import type { PlainRun } from '@omnia-buildstream/runner/preparedStage';
import type { PreparedValidate } from '@omnia-buildstream/runner/validate';
import { causeOf, cannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { EventOutput } from '../eventOutput.ts';
import type { Interrupts } from '../interrupts.ts';
import { inWords } from '../../errorWords.ts';
import { recordedRun, type Told } from '../recorded.ts';
import type { ValidateOptions } from './options.ts';
import { ValidateProgress } from './progress.ts';
import { validateSummaryText } from './summary.ts';

/** Runs the tests, shows what happens and writes the reports. @throws UserError */
export async function runValidateStage(
  prepared: PreparedValidate,
  { isNdjson, junit }: Pick<ValidateOptions, 'isNdjson' | 'junit'>,
  { interrupts, told, io }: { readonly interrupts: Interrupts; readonly told: Told; readonly io: Io },
): Promise<TestReport> {
  const progress = new ValidateProgress(io.stderr, () => io.clock.monotonic());
  const output = new EventOutput(io.stdout);
  try {
    const run: PlainRun<ValidateEvent> = {
      emit: (event) => {
        if (isNdjson) output.event(event);
        else progress.show(event);
      },
      stop: interrupts.stop,
      stopAtOnce: interrupts.stopAtOnce,
    };
    const { report } = await recordedRun(prepared, run, told, io);
    await output.flush();
    await progress.flush();
    if (junit !== undefined) await writeJunit(junit, report, io);
    if (!isNdjson) await io.stdout.write(validateSummaryText(report));
    return report;
  } catch (error) {
    throw inWords(error);
  }
}

async function writeJunit(file: string, report: TestReport, io: Io): Promise<void> {
  try {
    const place = { file: path.resolve(io.cwd, file), within: io.cwd };
    await writeNamed(io.fs, place, { content: renderJunit(report) });
  } catch (error) {
    throw cannotRun('output', `${file} cannot be written: ${causeOf(error)}.`);
  }
}
