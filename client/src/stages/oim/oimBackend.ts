import * as vscode from 'vscode';
import { window } from '../../platform/window.ts';
import { currentMapping } from '../currentMapping.ts';
import type { BackendDefinition } from '../stageDefinition.ts';
import { oimStages } from './oimStages.ts';

/** The management server, through the BuildStreaM API. */
export const oimBackend: BackendDefinition = {
  stages: oimStages,
  label: () => vscode.l10n.t('On the Management Server'),
  detail: () => vscode.l10n.t('Starts the stage through the BuildStreaM API and shows its progress'),
  async ask(context, limited, stages) {
    const mapping = await currentMapping(context);
    const items = stages.map((stage) => ({ label: stage.title(), detail: stage.description(), stage }));
    const chosen = await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage on the Management Server') });
    if (chosen === undefined) return undefined;
    const { name: stage, backend } = chosen.stage;
    // The image group is requested once the API session is open.
    return { ...limited, stage, backend, imageGroup: undefined, mapping };
  },
};
