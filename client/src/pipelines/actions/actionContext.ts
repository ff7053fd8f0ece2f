import { currentTree as treeNow, type OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import type { Asker } from '../../decision/asker.ts';
import type { ShowPage } from '../../decision/planLook.ts';
import type { PipelinesModel } from '../view/pipelinesModel.ts';
import type { HistoryParts } from '../gitlabPart.ts';
import type { DeployFacts } from '../../stages/facts/deployFacts.ts';
import type { OpenProject, ProjectSession } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';

/** What the actions on pipelines need. */
export interface ActionContext {
  readonly session: ProjectSession;
  readonly model: PipelinesModel;
  /** What only the BuildStreaM API and BMCs know. */
  readonly facts: () => Promise<DeployFacts>;
  readonly showPage: ShowPage;
  readonly history: HistoryParts;
  /** A person if absent. */
  readonly asker?: Asker;
}

/** @throws UserError if no project is open */
export async function openProject({ session }: Pick<ActionContext, 'session'>): Promise<OpenProject> {
  const open = await session.current();
  if (open !== undefined) return open;
  const { origins } = await session.sources();
  if (origins.length === 0) throw lacking(vscode.l10n.t('You are not signed in to any GitLab server.'), ways.signIn());
  throw lacking(vscode.l10n.t('No GitLab project is selected for this folder.'), ways.selectProject());
}

/** The project plus the image groups, which GitLab does not know. Actions are planned from it and sent with it. */
export async function knownProject({ facts }: Pick<ActionContext, 'facts'>, open: OpenProject): Promise<OmniaProject> {
  const { imageGroups } = await facts();
  return { ...omniaProject(open), imageGroups };
}

/** Reads a pipeline as it is now: the view may be older than another user's last click. @throws GitLabError */
export async function currentTree(open: OpenProject, pipelineId: number): Promise<PipelineNode> {
  return treeNow(omniaProject(open), pipelineId);
}
