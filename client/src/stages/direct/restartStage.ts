import path from 'node:path';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { runSsh } from '@omnia-buildstream/engine/validate/probes/runSsh';
import { everyBootNotes, reportWith } from '@omnia-buildstream/runner/reports';
import { goOnNotes } from '@omnia-buildstream/runner/rolloutNotes';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import { prepareRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { machine } from '../machine.ts';
import { projectTraces } from './projectTraces.ts';
import { planNotes } from '../planWords.ts';
import { countsText } from '../countsText.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer } from './directOffer.ts';
import { directStage } from './directStage.ts';
import { verifyNodes } from './verifyNodes.ts';

/** The restart stage over Redfish. */
export const restartStage = directStage<RestartSummary>({
  name: 'restart',
  title: () => vscode.l10n.t('Restart'),
  description: () => vscode.l10n.t('PXE-boots nodes through their BMCs and waits until each reports'),
  takes: { names: true, failed: true },
  stateFolder: folderOf,
  offer,
  words: { unit: 'nodes', doneWord: () => vscode.l10n.t('booted'), stepWord },
});

function folderOf({ project, settings }: Pick<DirectInput, 'project' | 'settings'>): string {
  return path.resolve(project, settings.stateFolder);
}

/** Plans the restart of a mapping file; touches nothing. Close it. @throws StateError */
export async function preparedRestart(input: DirectInput): Promise<PreparedRestart> {
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
    return prepareRestart({ ...input, omnia, state, report, settings, jobId: undefined }, machine);
  } catch (error) {
    await state.close();
    throw error;
  }
}

async function offer(input: DirectInput): Promise<DirectOffer<RestartSummary>> {
  const prepared = await preparedRestart(input);
  const count = prepared.nodes.length;
  return {
    prepared,
    notes: notesOf(prepared, input.settings.restart),
    question: count === 1 ? vscode.l10n.t('Restart 1 node now?') : vscode.l10n.t('Restart {0} nodes now?', count),
    button: vscode.l10n.t('Restart'),
    outcomeOf: (end) => {
      const { booted, failed, notTried } = end;
      const summary = countsText({ done: booted, failed, notTried });
      const notes = [...everyBootNotes(end), ...goOnNotes(end)].map((note) => wordsOf(note, say));
      return { summary, notes, isGood: failed + notTried === 0, report: undefined };
    },
    verify: (context) => verifyNodes(context, input, prepared),
  };
}

function notesOf(prepared: PreparedRestart, restart: RestartSettings): string[] {
  const { restart: decided, imageGroup, ofRun } = prepared;
  const { resumed, finished } = ofRun;
  const left = (decided?.plan.nodes ?? []).filter(({ action }) => action === 'leave').length;
  return [
    vscode.l10n.t('Image group: {image}', { image: imageGroup }),
    ...(resumed === undefined
      ? []
      : [
          vscode.l10n.t(
            'The run of {0} was interrupted and is resumed: {1} nodes are finished, {2} remain. No node is reset twice for the same intent.',
            resumed.at,
            finished.length,
            ofRun.nodes.length,
          ),
        ]),
    ...(decided === undefined ? [] : planNotes(decided)),
    ...(left === 0 ? [] : [vscode.l10n.t('{0} nodes of the file are left alone.', left)]),
    ...prepared.notes.map((note) => wordsOf(note, say)),
    ...(restart.lasting === 'continuous' ? [] : [vscode.l10n.t('PXE boot is set for the next boot only.')]),
    restart.restart === 'graceful'
      ? vscode.l10n.t('Running systems are asked to shut down.')
      : vscode.l10n.t('Running nodes are force-restarted. Running jobs are killed.'),
  ];
}

function stepWord(step: string): string {
  const words: Readonly<Record<string, string>> = {
    reach: vscode.l10n.t('contacts the BMC'),
    login: vscode.l10n.t('logs in'),
    ready: vscode.l10n.t('waits for the iDRAC'),
    read: vscode.l10n.t('reads the system'),
    override: vscode.l10n.t('sets PXE'),
    verify: vscode.l10n.t('checks PXE'),
    reset: vscode.l10n.t('restarts'),
    power: vscode.l10n.t('waits for power'),
    report: vscode.l10n.t('waiting for the node to report'),
  };
  return words[step] ?? step;
}
