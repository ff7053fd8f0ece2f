import { limitNames } from '@omnia-buildstream/core/site/siteKeys';
import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { PreparedDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import { cannotRun } from '../../cannotRun.ts';
import { confirm } from '../../confirm.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { withSite } from '../../site/withSite.ts';
import { approvalEnd } from '../approvedPlan.ts';
import { refuseUnknown } from '../deploy/command.ts';
import { withDeployment } from '../deploy/stage.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { othersText, refuseSeen, seeOthers, watchOthers } from '../others.ts';
import { readMapping } from '../mapping.ts';
import { answered, type Told } from '../recorded.ts';
import { saidOf } from '../../errorWords.ts';
import { refuseUnreadGuess } from '../restart/agree.ts';
import { agreeControl, refuseUnreadControl, type AgreedRestart } from '../restart/agreeControl.ts';
import { accessOf, withState } from '../restart/stage.ts';
import { runAllHelp } from './help.ts';
import { parseAllOptions } from './options.ts';
import { allPlanText, heading, planAll, type PlanOfAll } from './plan.ts';
import { stagesOfAll, type AllWorld, type StageEnd, type StageOfAll } from './stages.ts';

/** `buildstream run all`: one plan, one confirmation, then deploy, restart, validate and verification. */
export async function runAll(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = await withSite(args, parseAllOptions, { limits: limitNames, io });
  if (options.help) {
    await io.stdout.write(runAllHelp);
    return exitCodes.ok;
  }
  const { deploy, restart } = options;
  const mapping = await readMapping(deploy, io);
  mapping.refuseErrors();
  if (deploy.bmcCheck.kind === 'only') refuseUnknown(deploy.bmcCheck.hostnames, mapping.rows);
  return withState(restart.state, io, (state: StateStore) => {
    const work = async (deployment: PreparedDeploy): Promise<ExitCode> =>
      confirmAndRun(await planAll(options, { mapping, state, deployment }, io), io);
    return withDeployment(deploy, mapping, { io, work });
  });
}

async function confirmAndRun(plan: PlanOfAll, io: Io): Promise<ExitCode> {
  const { options, all } = plan;
  const { deploy, restart } = all;
  const people = options.isNdjson ? io.stderr : io.stdout;
  const others = await watchOthers(io);
  const seen = await seeOthers(deploy, others, io);
  await people.write(allPlanText(plan) + othersText(seen));
  const end = approvalEnd(options.restart.approval, all.stages, io);
  if (end !== undefined) {
    await people.write(end);
    return exitCodes.ok;
  }
  // Rows without an image: the checks of deploy only report them; nothing can be changed, so nothing is asked.
  const unread = { prepared: restart, answers: [], leftOut: [] };
  if (!deploy.canChange) return runAgreed(plan, unread, { others, people, io });
  refuseSeen(seen);
  refuseUnreadGuess(options.restart, restart);
  refuseUnreadControl(options.restart, restart);
  const restarts = restart.nodes.length;
  const nodes = (count: number): string => `${String(count)} ${count === 1 ? 'node' : 'nodes'}`;
  const question = `Deploy ${nodes(deploy.deployment.nodes.length)}, restart ${nodes(restarts)} and test them now?`;
  if (!(await confirm(question, options.yes, io))) throw cannotRun('arguments', 'Nothing was touched.');
  const agreed = await agreeControl(options.restart, restart, people, io);
  const answers = [...answered(question, options.yes), ...agreed.answers];
  return runAgreed(plan, { ...agreed, answers }, { others, people, io });
}

async function runAgreed(
  plan: PlanOfAll,
  { prepared, answers, leftOut }: AgreedRestart,
  { others, people, io }: Pick<AllWorld, 'people' | 'io'> & Pick<Told, 'others'>,
): Promise<ExitCode> {
  const all = plan.all.withRestart(prepared);
  const { isRestarting } = all;
  // Asked for before anything is handed over, so that nothing waits for it halfway.
  const access = isRestarting ? await accessOf(plan.options.restart, prepared, io) : undefined;
  const interrupts = listenForInterrupts(io);
  try {
    // Starting with the yes: otherwise another run could change the state while the first stages run.
    if (isRestarting) await plan.state.hold();
    const told = { mapping: plan.mapping, answers, others };
    return await runStages({ ...plan, all, leftOut }, { access, people, interrupts, told, io });
  } finally {
    interrupts.dispose();
  }
}

async function runStages(plan: PlanOfAll, world: AllWorld): Promise<ExitCode> {
  const { people, interrupts } = world;
  for (const stage of stagesOfAll) {
    if (interrupts.stop.aborted || interrupts.stopAtOnce.aborted) {
      await people.write(`\nStopped before ${stage.name}. The same command resumes there.\n`);
      return exitCodes.notAllDone;
    }
    await people.write(`\n${heading(stage.name)}\n`);
    const { code, next } = await runOne(stage, plan, world);
    if (code !== exitCodes.ok) {
      await people.write(`\n${stage.name} did not fully succeed, so nothing after it was begun. ${next}\n`);
      return code;
    }
  }
  await people.write('\nAll stages succeeded.\n');
  return exitCodes.ok;
}

/** A full disk or a state that cannot be written ends everything; what was done is saved on disk. */
async function runOne(stage: StageOfAll, plan: PlanOfAll, world: AllWorld): Promise<StageEnd> {
  try {
    return await stage.run(plan, world);
  } catch (error) {
    const said = saidOf(error);
    if (said === undefined) throw error;
    const what = `${said.message} This ended ${stage.name}. Correct it, then run the same command: it resumes there.`;
    throw new UserError({ kind: said.kind === 'arguments' ? 'file' : said.kind, message: what }, error);
  }
}
