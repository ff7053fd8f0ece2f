import type { PreparedDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import { cannotRun } from '../../cannotRun.ts';
import { confirm } from '../../confirm.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { withSite } from '../../site/withSite.ts';
import { approvalEnd } from '../approvedPlan.ts';
import { deployHelp } from './help.ts';
import { parseDeployOptions, type DeployOptions } from './options.ts';
import { runDeployment, withDeployment } from './stage.ts';
import { deployPlanText } from './text.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { othersText, refuseSeen, seeOthers, watchOthers } from '../others.ts';
import { readMapping, type Mapping } from '../mapping.ts';
import { answered } from '../recorded.ts';

/** `buildstream run deploy`: image group, plan, confirmation, checks, handover, summary. */
export async function deploy(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = await withSite(args, parseDeployOptions, { limits: [], io });
  if (options.help) {
    await io.stdout.write(deployHelp);
    return exitCodes.ok;
  }
  const mapping = await readMapping(options, io);
  if (options.bmcCheck.kind === 'only') refuseUnknown(options.bmcCheck.hostnames, mapping.rows);
  // A digest is for a plan that can be run; without one the checks of the stage report what is wrong with the file.
  const { dryRun, approved } = options.approval;
  if (dryRun || approved !== undefined) mapping.refuseErrors();
  const work = (deployment: PreparedDeploy): Promise<ExitCode> => planAndRun(options, deployment, mapping, io);
  return withDeployment(options, mapping, { io, work });
}

async function planAndRun(
  options: DeployOptions,
  deployment: PreparedDeploy,
  mapping: Mapping,
  io: Io,
): Promise<ExitCode> {
  const { deployment: plan, target, outdated, notes, canChange } = deployment;
  const { bmcCheck } = options;
  const people = options.isNdjson ? io.stderr : io.stdout;
  const others = await watchOthers(io);
  const seen = canChange ? await seeOthers(deployment, others, io) : [];
  await people.write(`${deployPlanText(plan, { target, outdated, notes, bmcCheck })}\n${othersText(seen)}`);
  const end = approvalEnd(options.approval, [deployment], io);
  if (end !== undefined) {
    await people.write(end);
    return exitCodes.ok;
  }
  refuseSeen(seen);
  const count = plan.nodes.length;
  const question = `Deploy ${String(count)} ${count === 1 ? 'node' : 'nodes'} now?`;
  // Rows that lack something are only reported: nothing can be changed.
  if (canChange && !(await confirm(question, options.yes, io))) {
    throw cannotRun('arguments', 'Nothing was changed.');
  }
  const interrupts = listenForInterrupts(io);
  try {
    const told = { mapping, answers: canChange ? answered(question, options.yes) : [], others };
    const { outcome } = await runDeployment(options, deployment, { bmcCheck, interrupts, isAlone: true, told, io });
    if (outcome === 'provisioner-failed') return exitCodes.cannotRun;
    return outcome === 'deployed' ? exitCodes.ok : exitCodes.notAllDone;
  } finally {
    interrupts.dispose();
  }
}

/** A misspelled name must not silently check nothing. */
export function refuseUnknown(names: readonly string[], rows: readonly { readonly hostname: string }[]): void {
  const known = new Set(rows.map(({ hostname }) => hostname.toLowerCase()));
  const unknown = names.filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length > 0) throw cannotRun('arguments', `No row of the mapping file is ${unknown.join(', ')}.`);
}
