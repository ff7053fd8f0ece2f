import { recoveryNoteTexts, recoveryTexts } from '@omnia-buildstream/core/restart/recoveryAct';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import {
  lookAtAll,
  type RecoveryLook,
  type RecoveryOutcome,
  type RecoveryWorld,
} from '@omnia-buildstream/runner/recover';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { recoverRecorded } from '@omnia-buildstream/runner/history/recoverRecorded';
import { cannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { readCredentials } from '../run/credentials.ts';
import { listenForInterrupts } from '../run/interrupts.ts';
import { readMapping, type Mapping } from '../run/mapping.ts';
import { answered, historyFailed } from '../run/recorded.ts';
import { formatTable } from '../table.ts';
import { bmcsFor } from './access.ts';
import { version } from '../version.ts';
import { bmcHelp } from './help.ts';
import { parseBmcOptions, type BmcOptions } from './options.ts';

/** `buildstream bmc`: what BMCs can do to help a failed node, and doing one of these things. */
export async function bmc(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseBmcOptions(args);
  if (options.help) {
    await io.stdout.write(bmcHelp);
    return exitCodes.ok;
  }
  const mapping = await readMapping(options, io);
  const targets = mapping.rowsNamed(options.names);
  const credentials = await readCredentials(
    io,
    targets.map(({ bmcIp }) => bmcIp),
  );
  const interrupts = listenForInterrupts(io);
  try {
    const bmcs = await bmcsFor(options, credentials, io);
    const signal = AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]);
    const world = { bmcs, clock: io.clock, identity: options.identity, signal };
    return await lookAndAct(options, { mapping, targets }, world, io);
  } catch (error) {
    if (!interrupts.stop.aborted && !interrupts.stopAtOnce.aborted) throw error;
    throw cannotRun('file', 'Stopped. Check the BMCs before you try again.');
  } finally {
    interrupts.dispose();
  }
}

async function lookAndAct(
  options: BmcOptions,
  { mapping, targets }: { readonly mapping: Mapping; readonly targets: readonly Target[] },
  world: RecoveryWorld,
  io: Io,
): Promise<ExitCode> {
  const { act, isJson } = options;
  const people = isJson ? io.stderr : io.stdout;
  const looks = await lookAtAll(targets, world);
  if (act === undefined) {
    await io.stdout.write(isJson ? json(looks.map(lookJson)) : `${looksText(looks)}\n`);
    return looks.every((look) => 'offers' in look) ? exitCodes.ok : exitCodes.notAllDone;
  }
  await people.write(`${looksText(looks)}\n`);
  const offered = looks.flatMap((look) => ('offers' in look && look.offers.includes(act) ? [look.target] : []));
  if (offered.length === 0) throw cannotRun('file', `No BMC of these offers --${act} now. Nothing was done.`);
  const { title, touches } = recoveryTexts[act];
  const names = offered.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`).join(', ');
  await people.write(`\n${title}: ${plainLine(names)}\n${touches}\n`);
  const question = offered.length === 1 ? 'Do it at this BMC?' : `Do it at these ${String(offered.length)} BMCs?`;
  if (!(await confirm(question, options.yes, io))) throw cannotRun('arguments', 'Nothing was changed.');
  const recorded = {
    place: historyOf(io.cwd),
    by: authorOf('command line', version),
    answers: answered(question, options.yes),
    failed: historyFailed(io),
    mapping,
  };
  const outcomes = await recoverRecorded({ act, targets: offered }, world, recorded, io);
  await io.stdout.write(isJson ? json(outcomes.map(outcomeJson)) : `${outcomes.map(outcomeText).join('\n')}\n`);
  const done = outcomes.filter((outcome) => 'isDone' in outcome && outcome.isDone);
  return done.length === targets.length ? exitCodes.ok : exitCodes.notAllDone;
}

function looksText(looks: readonly RecoveryLook[]): string {
  const lines = looks.map((look) => {
    const { hostname, bmcIp } = look.target;
    return 'offers' in look
      ? [hostname, bmcIp, look.power, offersText(look.offers)]
      : [hostname, bmcIp, '', whyNot(look)];
  });
  return formatTable(['NODE', 'BMC_IP', 'POWER', 'OFFERS'], lines);
}

function offersText(offers: readonly string[]): string {
  return offers.length === 0 ? recoveryNoteTexts.nothing : offers.map((act) => `--${act}`).join(' ');
}

function whyNot(look: Exclude<RecoveryLook, { readonly offers: unknown }>): string {
  return 'refused' in look ? wordsOf(look.refused) : look.error.message;
}

function outcomeText(outcome: RecoveryOutcome): string {
  const { hostname, bmcIp } = outcome.target;
  const said = 'error' in outcome ? `NOT DONE: ${outcome.error.message}` : wordsOf(outcome.said);
  return plainLine(`${hostname} (${bmcIp}): ${said}`);
}

function lookJson(look: RecoveryLook): unknown {
  const { hostname, bmcIp } = look.target;
  if ('offers' in look) return { hostname, bmcIp, power: look.power, offers: look.offers };
  return { hostname, bmcIp, error: whyNot(look) };
}

function outcomeJson(outcome: RecoveryOutcome): unknown {
  const { hostname, bmcIp } = outcome.target;
  if ('error' in outcome) return { hostname, bmcIp, isDone: false, message: outcome.error.message };
  return { hostname, bmcIp, isDone: outcome.isDone, message: wordsOf(outcome.said) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
