import path from 'node:path';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { runSsh } from '@omnia-buildstream/engine/validate/probes/runSsh';
import { reportWith } from '@omnia-buildstream/runner/reports';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import { askWorkload, type Workload } from '@omnia-buildstream/runner/workload/workload';
import { prepareRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import * as vscode from 'vscode';
import { restartStepWord } from './restartStepWords.ts';
import { machine } from '../machine.ts';
import { projectTraces } from './projectTraces.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer } from './directOffer.ts';
import { directStage } from './directStage.ts';
import { offerOf } from './restartOffer.ts';
import { workloadPrograms } from '../workload/workloadPrograms.ts';
import { verifyNodes } from './verifyNodes.ts';

/** The restart stage over Redfish. */
export const restartStage = directStage<RestartSummary>({
  name: 'restart',
  title: () => vscode.l10n.t('Restart'),
  description: () => vscode.l10n.t('PXE-boots nodes through their BMCs and waits until each reports'),
  stateFolder: folderOf,
  offer,
  words: { unit: 'nodes', doneWord: () => vscode.l10n.t('booted'), stepWord: restartStepWord },
});

function folderOf({ project, settings }: Pick<DirectInput, 'project' | 'settings'>): string {
  return path.resolve(project, settings.stateFolder);
}

/** Plans the restart of a mapping file. Changes nothing. The caller closes the result. @throws StateError */
export async function preparedRestart(input: DirectInput, workload: Workload | undefined): Promise<PreparedRestart> {
  const state = await openState({ folder: folderOf(input), within: input.project });
  try {
    const { restart: settings, validate } = input.settings;
    const key = validate.sshKey === '' ? undefined : validate.sshKey;
    const report = reportWith(input.settings.report, {
      user: validate.sshUser,
      key,
      knownHosts: undefined,
      run: runSsh,
    });
    const omnia = await projectTraces(input);
    return prepareRestart({ ...input, omnia, state, report, settings, workload, jobId: undefined }, machine);
  } catch (error) {
    await state.close();
    throw error;
  }
}

async function offer(input: DirectInput): Promise<DirectOffer<RestartSummary>> {
  const rows = targetsOf(input.text, input.version);
  const { workload: option } = input.settings;
  const programs = await workloadPrograms(option, input.tokens.slurm, 'ask');
  const workload = await askWorkload(option, programs, rows, machine);
  const prepared = await preparedRestart(input, workload);
  return offerOf(prepared, {
    ...input.settings.restart,
    verify: (context) => verifyNodes(context, input, prepared),
  });
}
