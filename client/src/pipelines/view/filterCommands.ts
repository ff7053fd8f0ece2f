import { pipelineTypes } from '@omnia-buildstream/gitlab/tree/pipelineType';
import * as vscode from 'vscode';
import { openProject, type ActionContext } from '../actions/actionContext.ts';
import { refsToOffer } from './pipelineFilter.ts';
import { window } from '../../platform/window.ts';

/** First asks what to filter by, because the view has one button for both. */
export async function filterPipelines(context: ActionContext): Promise<void> {
  const { type, ref } = context.model.filter;
  const items = [
    { label: vscode.l10n.t('By Type…'), description: type ?? '', filter: filterByType },
    { label: vscode.l10n.t('By Branch or Tag…'), description: ref ?? '', filter: filterByRef },
  ];
  const chosen = await window.showQuickPick(items, { title: vscode.l10n.t('Filter Pipelines') });
  await chosen?.filter(context);
}

async function filterByType({ model }: ActionContext): Promise<void> {
  const all = { label: vscode.l10n.t('All Types'), type: undefined };
  const items = [all, ...pipelineTypes.map((type) => ({ label: type, type }))];
  const chosen = await window.showQuickPick(items, { title: vscode.l10n.t('Show Pipelines of Type') });
  if (chosen !== undefined) await model.setFilter({ ...model.filter, type: chosen.type });
}

interface RefItem extends vscode.QuickPickItem {
  readonly choice: 'all' | 'other' | { readonly ref: string };
}

/** Offers the branches and tags of the pipelines seen so far; any other can be typed. */
async function filterByRef(context: ActionContext): Promise<void> {
  const { model } = context;
  const { project } = await openProject(context);
  const items: RefItem[] = [
    { label: vscode.l10n.t('All Branches and Tags'), choice: 'all' },
    ...refsToOffer(project.defaultBranch, model.all).map((ref): RefItem => ({ label: ref, choice: { ref } })),
    { label: vscode.l10n.t('Another Branch or Tag…'), choice: 'other' },
  ];
  const title = vscode.l10n.t('Show Pipelines of Branch or Tag');
  const chosen = await window.showQuickPick(items, { title });
  if (chosen === undefined) return;
  if (chosen.choice === 'all') return model.setFilter({ ...model.filter, ref: undefined });
  const typed = chosen.choice === 'other' ? await window.showInputBox({ title }) : chosen.choice.ref;
  const ref = typed?.trim() ?? '';
  if (ref !== '') await model.setFilter({ ...model.filter, ref });
}
