import { validateLimits } from '@omnia-buildstream/runner/limitNames';
import { prepareValidate, type ValidateRequest } from '@omnia-buildstream/runner/validate';
import { verifyRequest } from '@omnia-buildstream/runner/verify';
import { cannotRun } from '../../cannotRun.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { withSite } from '../../site/withSite.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { inNobodysWay } from '../others.ts';
import { readMapping, type Mapping } from '../mapping.ts';
import { approvalEnd } from '../approvedPlan.ts';
import { contactsText } from './contacts.ts';
import { runValidateHelp } from './help.ts';
import { parseValidateOptions, type ValidateOptions } from './options.ts';
import { requestOf } from './request.ts';
import { runValidateStage } from './stage.ts';
import { runVerifyHelp } from './verifyHelp.ts';
import { parseVerifyOptions } from './verifyOptions.ts';

/** `buildstream run validate`: what is contacted, the tests, the report. */
export async function runValidateCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = await withSite(args, parseValidateOptions, { limits: Object.keys(validateLimits), io });
  if (options.help) {
    await io.stdout.write(runValidateHelp);
    return exitCodes.ok;
  }
  const mapping = await readMapping(options, io);
  return test(options, await requestOf(options, mapping, io), mapping, io);
}

/** `buildstream run verify`: checks that the nodes are up, and that a sample of them runs the right image. */
export async function runVerifyCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { sample, ...options } = await withSite(args, parseVerifyOptions, { limits: Object.keys(validateLimits), io });
  if (options.help) {
    await io.stdout.write(runVerifyHelp);
    return exitCodes.ok;
  }
  const mapping = await readMapping(options, io);
  return test(options, verifyRequest(await requestOf(options, mapping, io), sample), mapping, io);
}

async function test(options: ValidateOptions, request: ValidateRequest, mapping: Mapping, io: Io): Promise<ExitCode> {
  const prepared = prepareValidate(request);
  if (prepared.isNothing) {
    throw cannotRun('arguments', 'There is nothing to test: no node asks for these checks. See --only and --nodes.');
  }
  const people = options.isNdjson ? io.stderr : io.stdout;
  await people.write(contactsText(prepared.contacts, options, request));
  const end = approvalEnd(options.approval, [prepared], io);
  if (end !== undefined) {
    await people.write(end);
    return exitCodes.ok;
  }
  const interrupts = listenForInterrupts(io);
  try {
    const report = await runValidateStage(prepared, options, {
      interrupts,
      told: { mapping, answers: [], others: inNobodysWay },
      io,
    });
    return report.outcome === 'PASSED' ? exitCodes.ok : exitCodes.notAllDone;
  } finally {
    interrupts.dispose();
  }
}
