import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { window } from '../../platform/window.ts';
import { currentMapping } from '../currentMapping.ts';
import { limitNotTaken } from '../editorBackends.ts';
import { deployedImage } from '../history/deployedImage.ts';
import { askImageGroup, listedImageGroups } from '../imageGroup.ts';
import { engineSettings } from '../settings/engineConfiguration.ts';
import type { BackendDefinition } from '../stageDefinition.ts';
import { deployStage } from './deployStage.ts';
import { restartStage } from './restartStage.ts';
import { validateStage } from './validateStage.ts';

/** The local stage engine, which connects to the BMCs. */
export const directBackend: BackendDefinition = {
  stages: [deployStage, restartStage, validateStage],
  label: () => vscode.l10n.t('From This Computer'),
  detail: () => vscode.l10n.t('VS Code connects to the BMCs directly'),
  async ask(context, limited, stages) {
    const fitting = stages.filter(({ name, backend }) => limitNotTaken(backend, name, limited) === undefined);
    const items = fitting.map((stage) => ({ label: stage.title(), detail: stage.description(), stage }));
    const [only, ...others] = items;
    const chosen =
      others.length === 0
        ? only
        : await window.showQuickPick(items, { title: vscode.l10n.t('Run Stage From This Computer') });
    if (chosen === undefined) return undefined;
    const { name: stage, backend } = chosen.stage;
    const mapping = await currentMapping(context);
    const settings = await engineSettings(vscode.Uri.file(mapping));
    const project = projectFolderOf(mapping);
    const groups = await listedImageGroups(settings, project);
    const imageGroup = await askImageGroup(context.state, groups, () => deployedImage(context, project));
    if (imageGroup === undefined) return undefined;
    // The terminal of the task shows the plan and asks for confirmation.
    return { ...limited, stage, backend, imageGroup, mapping };
  },
};
