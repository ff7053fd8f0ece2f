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

/** What the actions on pipelines work with. */
export interface ActionContext {
  readonly session: ProjectSession;
  readonly model: PipelinesModel;
  /** What only the BuildStreaM API and BMCs know. */
  readonly facts: () => Promise<DeployFacts>;
  readonly showPage: ShowPage;
  readonly history: HistoryParts;
  /** Absent: a person. */
  readonly asker?: Asker;
}

/** @throws UserError without a project */
export async function openProject({ session }: Pick<ActionContext, 'session'>): Promise<OpenProject> {
  const open = await session.current();
  if (open !== undefined) return open;
  const { origins } = await session.sources();
  if (origins.length === 0) throw lacking(vscode.l10n.t('You are not signed in to any GitLab server.'), ways.signIn());
  throw lacking(vscode.l10n.t('No GitLab project is selected for this folder.'), ways.selectProject());
}

/** The project with all that is known beside GitLab: what an action is planned from and sent with. */
export async function knownProject({ facts }: Pick<ActionContext, 'facts'>, open: OpenProject): Promise<OmniaProject> {
  const { imageGroups } = await facts();
  return { ...omniaProject(open), imageGroups };
}

/** A pipeline as it is now: what is shown may be older than the last click of somebody else. @throws GitLabError */
export async function currentTree(open: OpenProject, pipelineId: number): Promise<PipelineNode> {
  return treeNow(omniaProject(open), pipelineId);
}
