import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { stagesAtOim } from '@omnia-buildstream/runner/oim/stagesAtOim';
import { cannotRun } from '../../cannotRun.ts';
import { confirm } from '../../confirm.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { withOim } from '../../oim/access.ts';
import { runOimHelp } from '../../oim/help.ts';
import { accessOf } from '../../oim/options.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { approvalEnd } from '../approvedPlan.ts';
import { answered, type Told } from '../recorded.ts';
import { othersText, refuseSeen, seeOthers, watchOthers } from '../others.ts';
import { followOimStage } from './follow.ts';
import { parseOimOptions, type OimRunOptions } from './options.ts';
import { oimPlanText, planOim, type OimPlan } from './plan.ts';

interface World {
  readonly io: Io;
  readonly signal: AbortSignal;
}

/** `buildstream run STAGE --backend oim`, where STAGE may be all: what it touches, confirmation, orders, following. */
export async function runOnOim(stage: string | undefined, args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseOimOptions(stage, args);
  if (options.help) {
    await io.stdout.write(runOimHelp);
    return exitCodes.ok;
  }
  if (options.image === '' && options.job === undefined) {
    throw cannotRun('arguments', 'Name the image group with --image, or its job with --job.');
  }
  const interrupts = listenForInterrupts(io);
  const signal = AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]);
  try {
    const work = (client: OimClient): Promise<ExitCode> => planAndRun(client, options, { io, signal });
    return await withOim(accessOf(options.values, io), io, { signal, work });
  } finally {
    interrupts.dispose();
  }
}

async function planAndRun(client: OimClient, options: OimRunOptions, world: World): Promise<ExitCode> {
  const { io, signal } = world;
  const people = options.isNdjson ? io.stderr : io.stdout;
  const plan = await planOim(client, options, world);
  const [first] = plan.stages;
  const others = await watchOthers(io, { server: stagesAtOim(client, first?.jobId) });
  const seen = first?.asks === true ? await seeOthers(first, others, io) : [];
  await people.write(oimPlanText(plan) + othersText(seen));
  const end = approvalEnd(options.approval, plan.stages, io);
  if (end !== undefined) {
    await people.write(end);
    return exitCodes.ok;
  }
  refuseSeen(seen);
  refuseOrderInDoubt(options, plan);
  const toOrder = plan.stages.filter(({ asks }) => asks).map(({ stage }) => stage);
  if (toOrder.length > 0 && !(await confirm(questionOf(toOrder), options.values.yes, io))) {
    throw cannotRun('arguments', 'Nothing was started.');
  }
  const { origin: server } = accessOf(options.values, io).api;
  const told = {
    server,
    others,
    answers: toOrder.length === 0 ? [] : answered(questionOf(toOrder), options.values.yes),
  };
  return runStages(plan, options, { people, io, signal, told });
}

/**
 * --yes agrees to a plan that nobody has read. It does not agree to a second order while it is unknown whether the
 * first is being carried out: only a person who approved exactly this plan has read that. @throws UserError
 */
function refuseOrderInDoubt({ values, approval }: OimRunOptions, { stages }: OimPlan): void {
  if (!values.yes || approval.approved !== undefined) return;
  if (!stages.some(({ asks, isInDoubt }) => asks && isInDoubt)) return;
  throw cannotRun(
    'arguments',
    'Nothing was started: it is unknown whether the last request is being carried out, and --yes does not decide that. Check with "buildstream status" until the stage shows something new, or run the plan that --dry-run shows with --plan.',
  );
}

function questionOf(names: readonly string[]): string {
  if (names.length === 1) return `Order the ${names.join('')} stage now?`;
  return `Request the stages ${names.join(', ')} now, each after the previous one has succeeded?`;
}

/** One stage after the other, each once the one before it has succeeded. */
async function runStages(
  { stages }: OimPlan,
  options: OimRunOptions,
  { people, ...world }: World & { readonly people: Io['stdout']; readonly told: Told },
): Promise<ExitCode> {
  for (const [index, prepared] of stages.entries()) {
    if (options.stages.length > 1) await people.write(`\n== ${prepared.stage} ==\n`);
    const { outcome } = await followOimStage(prepared, options, world);
    if (outcome === 'succeeded') continue;
    if (index < stages.length - 1) {
      await people.write(
        `${prepared.stage} did not succeed, so no later stage was started. Fix the problem above, then run the ` +
          'same command again: a running stage is followed, and no booted node is restarted.\n',
      );
    }
    // Later ones were not tried because of this one, which says more than "could not run".
    return outcome === 'not-started' && index === 0 ? exitCodes.cannotRun : exitCodes.notAllDone;
  }
  if (options.stages.length > 1) await people.write('\nAll stages succeeded.\n');
  return exitCodes.ok;
}
