import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import type { PreparedValidate } from '@omnia-buildstream/runner/validate';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { runDeployment } from '../deploy/stage.ts';
import type { Interrupts } from '../interrupts.ts';
import { endOfRestart } from '../restart/agreeControl.ts';
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

/** In order; each begins when the one before it has fully succeeded. */
export const stagesOfAll: readonly StageOfAll[] = [
  { name: 'deploy', run: deployIt },
  { name: 'restart', run: restartIt },
  {
    name: 'validate',
    run: (plan, world) =>
      testIt(
        plan.all.validate,
        plan,
        world,
        'Put right what failed; the same command tests again, and restarts no node that is booted.',
      ),
  },
  {
    name: 'verification',
    run: (plan, world) =>
      testIt(
        plan.all.verify,
        { ...plan, options: { ...plan.options, validate: { ...plan.options.validate, junit: undefined } } },
        world,
        'A node with another image than expected was booted from somewhere else: check its boot order, and restart it with buildstream run restart once its entry in failed_nodes.json says failed. buildstream run verify looks again.',
      ),
  },
];

async function deployIt({ options, all: { deploy, bmcCheck } }: PlanOfAll, world: AllWorld): Promise<StageEnd> {
  const { outcome } = await runDeployment(options.deploy, deploy, { ...world, bmcCheck, isAlone: false });
  if (outcome === 'deployed') return done;
  const code = outcome === 'provisioner-failed' ? exitCodes.cannotRun : exitCodes.notAllDone;
  return { code, next: 'No node was restarted. Put right what is listed, then run the same command again.' };
}

async function restartIt(plan: PlanOfAll, { access, people, ...world }: AllWorld): Promise<StageEnd> {
  const { options, all, leftOut } = plan;
  if (access === undefined && leftOut.length === 0) await people.write('Every node is booted; none is restarted.\n');
  const folder = options.restart.state;
  const summary =
    access === undefined
      ? { failed: 0, notTried: 0 }
      : await runRestartStage(options.restart, all.restart, { ...world, access, folder });
  const code = await endOfRestart(summary, plan, people);
  if (code === exitCodes.ok) return done;
  const next =
    summary.failed + summary.notTried > 0
      ? 'Follow the advice above, then run the same command again: it restarts only the nodes that are not booted.'
      : 'To test the others without these nodes, name the others with --nodes.';
  return { code, next };
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
