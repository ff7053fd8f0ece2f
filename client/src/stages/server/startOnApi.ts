import { stageNames } from '@omnia-buildstream/core/stage/stageName';
import * as vscode from 'vscode';
import type { EditorBackend, StageRequest } from '../taskDefinition.ts';
import { hasApi, usualBackend } from '../../oim/apiConfiguration.ts';
import { apiStageWords } from './apiStageWords.ts';
import { window } from '../../platform/window.ts';

/** Asks who runs the stage when there is a choice; undefined when the user changes their mind. */
export async function chooseBackend(): Promise<EditorBackend | undefined> {
  const usual = usualBackend();
  if (!hasApi()) return usual;
  const direct = {
    label: vscode.l10n.t('From This Computer'),
    detail: vscode.l10n.t('VS Code talks to the BMCs itself'),
    backend: 'direct' as const,
  };
  const server = {
    label: vscode.l10n.t('On the Management Server'),
    detail: vscode.l10n.t('Starts the stage through the BuildStreaM API and shows its progress'),
    backend: 'oim' as const,
  };
  const items = usual === 'oim' ? [server, direct] : [direct, server];
  return (await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage: Choose Where to Run It') }))?.backend;
}

/** A stage for the management server; its image group is asked for when the API is open. */
export async function chooseApiStage(mapping: string): Promise<StageRequest | undefined> {
  const items = stageNames.map((stage) => {
    const { title, description } = apiStageWords(stage);
    return { label: title, detail: description, stage };
  });
  const chosen = await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage on the Management Server') });
  if (chosen === undefined) return undefined;
  return { stage: chosen.stage, backend: 'oim', imageGroup: undefined, names: [], failed: false, checks: [], mapping };
}
