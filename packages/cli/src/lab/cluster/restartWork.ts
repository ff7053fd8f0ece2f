import path from 'node:path';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import type { StageOutcome, StageRun } from '@omnia-buildstream/lab/oim/stageWork';
import { prepareRestart } from '@omnia-buildstream/runner/restart';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import { saidOf } from '../../errorWords.ts';
import { summaryText } from '../../run/restart/summary.ts';
import { effectiveMapping } from './effectiveMapping.ts';
import { failure, mappingOf, restartStateFolder, type LabOim } from './labOim.ts';
import { publishedList } from './publishedList.ts';

const second = 1_000;

/**
 * The nodes of a lab are quick, and nobody wants to wait half an hour for a broken one. The clock of a lab gives these
 * limits more time on a busy machine.
 */
const settings: RestartSettings = {
  ...defaultRestartSettings,
  // Omnia restarts control nodes together with the others.
  control: { ...defaultRestartSettings.control, isOneByOne: false },
  limits: {
    ...defaultRestartSettings.limits,
    reachMs: 5 * second,
    readyMs: 5 * second,
    overrideMs: 5 * second,
    reportMs: 60 * second,
    settleMs: 3 * second,
  },
  polls: { readyMs: second, powerMs: second / 2, orderMs: second },
};

const { failedNodes: failedNodesFile, nodeResults } = stateFileNames;

/** PXE-boots the nodes of the plan and, whatever the outcome, publishes which of them failed (omnia.md section 3.2). */
export async function restartWork(run: StageRun, server: LabOim): Promise<StageOutcome> {
  const uploadedMapping = mappingOf(run);
  if (uploadedMapping === undefined) return failure('pxe_mapping_file.csv was not uploaded to this job.');
  const effective = effectiveMapping(uploadedMapping, server.version);
  if (effective.ends !== undefined) return failure(effective.ends);
  const { text } = effective;
  const folder = restartStateFolder(server, run.jobId);
  await folder.make();
  const uploaded = run.files.get(failedNodesFile);
  if (uploaded !== undefined) await folder.replace(new Map([[failedNodesFile, uploaded]]));
  try {
    const outcome = await restart(text, folder.path, run, server);
    const [own, results] = [await folder.read(failedNodesFile), await folder.read(nodeResults)];
    if (own === undefined) return outcome;
    const list = publishedList(own, labKinds[server.version], targetsOf(text, server.version));
    await server.publishFailedNodes(run.jobId, list);
    return {
      ...outcome,
      artifacts: { 'failed-nodes': list, ...(results !== undefined && { 'node-results': results }) },
    };
  } catch (error) {
    const said = saidOf(error, 'pxe_mapping_file.csv');
    if (said === undefined) throw error;
    return failure(said.message);
  }
}

async function restart(
  text: string,
  folder: string,
  run: StageRun,
  { access, report, machine, version }: LabOim,
): Promise<StageOutcome> {
  const state = await openState({ folder });
  const failed: Extract<RestartEvent, { type: 'node-finished' }>[] = [];
  try {
    const selection = { names: [], failed: false, shard: undefined };
    const imageGroup = run.imageGroup.id;
    const request = {
      file: '',
      text,
      version,
      imageGroup,
      omnia: undefined,
      selection,
      state,
      report,
      settings,
      workload: undefined,
      jobId: run.jobId,
    };
    const prepared = prepareRestart(request, machine);
    const all = prepared.restart?.plan.nodes.length ?? 0;
    run.write(`${String(prepared.nodes.length)} of ${String(all)} nodes are restarted`);
    const summary = await prepared.run({
      access: () => Promise.resolve(access),
      emit: (event) => {
        if (event.type !== 'node-finished') return;
        if (event.status === 'failed') failed.push(event);
        const word = event.status === 'failed' ? 'FAILED' : 'booted';
        run.write(`${word}  ${event.hostname} (${event.bmcIp}): ${event.message}`);
      },
      stop: run.signal,
      stopAtOnce: run.signal,
    });
    const words = summaryText(summary, failed, path.basename(folder)).trimEnd();
    for (const line of words.split('\n')) run.write(line);
    const isWhole = summary.failed === 0 && summary.notTried === 0;
    return isWhole ? { succeeded: true, summary: '' } : failure(`${String(summary.failed)} nodes failed to boot`);
  } finally {
    await state.close();
  }
}
