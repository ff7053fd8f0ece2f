import path from 'node:path';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import { prepareRestart, runPreparedRestart, type PreparedRestart } from '@omnia-buildstream/runner/restart';
import * as vscode from 'vscode';
import { machine } from '../machine.ts';
import { say } from '../../platform/say.ts';
import { projectTraces } from './projectTraces.ts';
import { planNotes } from '../planWords.ts';
import { countsText } from '../countsText.ts';
import { bmcTls } from '../settings/engineConfiguration.ts';
import type { EngineSettings } from '../settings/readEngineSettings.ts';
import type { PreparedStage, StageDefinition, StageInput } from '../stageDefinition.ts';

/** The restart stage over Redfish. */
export const restartStage: StageDefinition = {
  name: 'restart',
  isRestart: true,
  title: () => vscode.l10n.t('Restart'),
  description: () => vscode.l10n.t('PXE-boots nodes through their BMCs and waits until each reports'),
  unit: 'nodes',
  takes: { names: true, failed: true },
  stateFolder: folderOf,
  prepare,
  doneWord: () => vscode.l10n.t('booted'),
  stepWord,
};

function folderOf({ project, settings }: Pick<StageInput, 'project' | 'settings'>): string {
  return path.resolve(project, settings.stateFolder);
}

async function prepare(input: StageInput): Promise<PreparedStage> {
  const state = await openState({ folder: folderOf(input), within: input.project });
  try {
    const prepared = prepareRestart({ ...input, omnia: await projectTraces(input), state });
    const { nodes } = prepared;
    const count = nodes.nodes.length;
    return {
      notes: notesOf(prepared, input.settings),
      nodes: nodes.nodes.map(({ planned: { target, reason } }) => {
        return { hostname: target.hostname, bmcIp: target.bmcIp, why: say(reasonTexts[reason]) };
      }),
      isNothing: count === 0 && nodes.resumed === undefined,
      // A run that only has its end to write touches no node.
      asks: count > 0,
      checks: [],
      question: count === 1 ? vscode.l10n.t('Restart 1 node now?') : vscode.l10n.t('Restart {0} nodes now?', count),
      button: vscode.l10n.t('Restart'),
      ready: async () => {
        const access = {
          credentials: await input.credentials(nodes.nodes.map(({ planned }) => planned.target.bmcIp)),
          tls: await bmcTls(),
          port: input.settings.bmcPort,
          requestTimeoutMs: input.settings.requestTimeoutMs,
        };
        const { report, restart: settings } = input.settings;
        return async (run) => {
          const options = { ...run, access, report, settings, jobId: undefined };
          const { booted, failed, notTried } = await runPreparedRestart(prepared, options, machine);
          const summary = countsText({ done: booted, failed, notTried });
          return { summary, notes: [], isGood: failed + notTried === 0, report: undefined };
        };
      },
      close: () => state.close(),
    };
  } catch (error) {
    await state.close();
    throw error;
  }
}

function notesOf({ plan, basis, nodes }: PreparedRestart, { restart, report }: EngineSettings): string[] {
  const { resumed, finished } = nodes;
  const left = plan.nodes.filter(({ action }) => action === 'leave').length;
  return [
    vscode.l10n.t('Image group: {image}', { image: plan.imageGroup }),
    ...(resumed === undefined
      ? []
      : [
          vscode.l10n.t(
            'The run of {0} was interrupted and is gone on with: {1} nodes are finished, {2} are left. No node is reset twice for the same intent.',
            resumed.at,
            finished.length,
            nodes.nodes.length,
          ),
        ]),
    ...planNotes({ plan, basis }),
    ...(left === 0 ? [] : [vscode.l10n.t('{0} nodes of the file are left alone.', left)]),
    restart.lasting === 'continuous'
      ? vscode.l10n.t('PXE at every boot from now on.')
      : vscode.l10n.t('PXE at the next boot only.'),
    restart.restart === 'graceful'
      ? vscode.l10n.t('Running systems are asked to shut down.')
      : vscode.l10n.t('Running systems are restarted by force: what runs on them ends.'),
    report.kind === 'tcp'
      ? vscode.l10n.t('A node counts as booted when its port {0} answers.', report.port)
      : vscode.l10n.t('A node counts as booted when it reports to {0}:{1}.', report.host, report.port),
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
    report: vscode.l10n.t('waits for the report of the node'),
  };
  return words[step] ?? step;
}
