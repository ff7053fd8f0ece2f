import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import type { PreparedValidate } from '@omnia-buildstream/runner/validate';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { runDeployment } from '../deploy/stage.ts';
import type { Interrupts } from '../interrupts.ts';
import { runRestartStage } from '../restart/stage.ts';
import { runValidateStage } from '../validate/stage.ts';
import type { Told } from '../recorded.ts';
import type { PlanOfAll } from './plan.ts';

export interface StageEnd {
  readonly code: ExitCode;
  /** What to do next; empty when the stage fully succeeded. */
  readonly next: string;
}

export interface AllWorld {
  /** undefined: no node is restarted. */
  readonly access: BmcAccess | undefined;
  readonly people: Io['stdout'];
  readonly interrupts: Interrupts;
  readonly told: Told;
  readonly io: Io;
}

export interface StageOfAll {
  readonly name: string;
  run(plan: PlanOfAll, world: AllWorld): Promise<StageEnd>;
}

const done: StageEnd = { code: exitCodes.ok, next: '' };

/** In their order; each begins when the one before has fully succeeded. */
export const stagesOfAll: readonly StageOfAll[] = [
  { name: 'deploy', run: deployIt },
  { name: 'restart', run: restartIt },
  {
    name: 'validate',
    run: (plan, world) =>
      testIt(
        plan.validate,
        plan,
        world,
        'Put right what failed; the same command tests again, and restarts no node that is booted.',
      ),
  },
  {
    name: 'verification',
    run: (plan, world) =>
      testIt(
        plan.verify,
        { ...plan, options: { ...plan.options, validate: { ...plan.options.validate, junit: undefined } } },
        world,
        'A node with another image than expected was booted from somewhere else: check its boot order, and restart it with buildstream run restart once its entry in failed_nodes.json says failed. buildstream run verify looks again.',
      ),
  },
];

async function deployIt({ options, deployment, bmcCheck }: PlanOfAll, world: AllWorld): Promise<StageEnd> {
  const { outcome } = await runDeployment(options.deploy, deployment, { ...world, bmcCheck, isAlone: false });
  if (outcome === 'deployed') return done;
  const code = outcome === 'provisioner-failed' ? exitCodes.cannotRun : exitCodes.notAllDone;
  return { code, next: 'No node was restarted. Put right what is listed, then run the same command again.' };
}

async function restartIt(
  { options, restart, leftOut }: PlanOfAll,
  { access, people, ...world }: AllWorld,
): Promise<StageEnd> {
  if (access === undefined) {
    if (leftOut.length === 0) {
      await people.write('Every node is booted; none is restarted.\n');
      return done;
    }
    await people.write(`No node is restarted; left out: ${plainLine(leftOut.join(', '))}.\n`);
    return { code: exitCodes.notAllDone, next: 'The same command asks about these nodes again.' };
  }
  const folder = options.restart.state;
  const summary = await runRestartStage(options.restart, restart, { ...world, access, folder });
  if (summary.failed + summary.notTried === 0) return done;
  const next =
    'Follow the advice above, then run the same command again: it restarts only the nodes that are not booted.';
  return { code: exitCodes.notAllDone, next };
}

async function testIt(
  prepared: PreparedValidate,
  { options }: PlanOfAll,
  { people, interrupts, told, io }: AllWorld,
  next: string,
): Promise<StageEnd> {
  if (prepared.isNothing) {
    await people.write('There is nothing to test: no node asks for these checks.\n');
    return done;
  }
  const report = await runValidateStage(prepared, options.validate, { interrupts, told, io });
  return report.outcome === 'PASSED' ? done : { code: exitCodes.notAllDone, next };
}
