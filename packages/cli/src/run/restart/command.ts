import { restartLimits } from '@omnia-buildstream/runner/limitNames';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { shardFolder } from '@omnia-buildstream/runner/stateFolder';
import { cannotRun } from '../../cannotRun.ts';
import { confirm } from '../../confirm.ts';
import { exitCodes, type ExitCode } from '../../exitCodes.ts';
import type { Io } from '../../io.ts';
import { withSite } from '../../site/withSite.ts';
import { approvalEnd } from '../approvedPlan.ts';
import { refuseUnreadGuess } from './agree.ts';
import { agreeControl, endOfRestart, refuseUnreadControl } from './agreeControl.ts';
import { runHelp } from './help.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { othersText, refuseSeen, seeOthers, watchOthers } from '../others.ts';
import { readMapping, type Mapping } from '../mapping.ts';
import { answered } from '../recorded.ts';
import { parseRunOptions, type RunOptions } from './options.ts';
import { accessOf, planned, runRestartStage, withState } from './stage.ts';
import { restartPlanText } from './planText.ts';

/** `buildstream run restart`: plan, confirmation, run, summary. */
export async function restart(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = await withSite(args, parseRunOptions, { limits: Object.keys(restartLimits), io });
  if (options.help) {
    await io.stdout.write(runHelp);
    return exitCodes.ok;
  }
  if (options.image === '') throw cannotRun('arguments', 'Name the image group that the nodes boot with --image.');
  const work = async (state: StateStore): Promise<ExitCode> => {
    const mapping = await readMapping(options, io);
    return confirmAndRun(options, await planned(options, mapping, state, io), mapping, io);
  };
  return withState(shardFolder(options.state, options.shard), io, work);
}

async function confirmAndRun(
  options: RunOptions,
  prepared: PreparedRestart,
  mapping: Mapping,
  io: Io,
): Promise<ExitCode> {
  const people = options.isNdjson ? io.stderr : io.stdout;
  const others = await watchOthers(io);
  const seen = prepared.asks ? await seeOthers(prepared, others, io) : [];
  await people.write(restartPlanText(prepared) + othersText(seen));
  const end = approvalEnd(options.approval, [prepared], io);
  if (end !== undefined) {
    await people.write(end);
    return exitCodes.ok;
  }
  if (prepared.isNothing) return endOf(prepared);
  refuseSeen(seen);
  refuseUnreadGuess(options, prepared);
  refuseUnreadControl(options, prepared);
  const count = prepared.nodes.length;
  const question = `Restart ${String(count)} ${count === 1 ? 'node' : 'nodes'} now?`;
  if (count > 0 && !(await confirm(question, options.yes, io))) {
    throw cannotRun('arguments', 'Nothing was touched.');
  }
  const agreed = await agreeControl(options, prepared, people, io);
  if (agreed.prepared.isNothing) throw cannotRun('arguments', 'Nothing was touched.');
  const access = await accessOf(options, agreed.prepared, io);
  const interrupts = listenForInterrupts(io);
  try {
    const folder = shardFolder(options.state, options.shard);
    const answers = [...(count === 0 ? [] : answered(question, options.yes)), ...agreed.answers];
    const told = { mapping, answers, others };
    const summary = await runRestartStage(options, agreed.prepared, { access, folder, interrupts, told, io });
    return await endOfRestart(summary, agreed, people);
  } finally {
    interrupts.dispose();
  }
}

/** A node that was left out because of its running jobs is not done. */
function endOf({ leftOut }: PreparedRestart): ExitCode {
  return leftOut.length === 0 ? exitCodes.ok : exitCodes.notAllDone;
}
