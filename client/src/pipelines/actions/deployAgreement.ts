import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { planOf } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import { beyond, type Beyond } from '@omnia-buildstream/gitlab/omnia/agreement';
import type { ListedGroup } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { serverMapping } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { deployTouches, newDeployTouches, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { touchedLines } from '@omnia-buildstream/core/stage/touchedNodes';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';
import { findLocalFile, isSameText, isUnsaved } from '../files/localFile.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';
import { currentTree, knownProject, type ActionContext } from './actionContext.ts';
import { askAction, type Agreed } from './askAction.ts';
import { bootButton, bootQuestion } from './effectWords.ts';
import { noticeLines } from './planLines.ts';
import { play, preparedPlay, type PlayTarget } from './playCommand.ts';

type Restarts = Extract<Touches, { kind: 'restarts' }>;

/** A deploy that the user agreed to, as shown. It covers both selecting the image and running deploy. */
export interface Agreement {
  readonly touches: Restarts;
  readonly agreed: Agreed;
}

/** Asks the one question of a deploy, before the image is selected in its pipeline. @throws UserError, GitLabError */
export async function agreeOnImage(
  context: ActionContext,
  open: OpenProject,
  { rootId, image }: { readonly rootId: number; readonly image: Job },
): Promise<Agreement | undefined> {
  return agree(context, open, async (project) => {
    const tree = await currentTree(open, rootId);
    return { tree, touches: await deployTouches(project, tree, image) };
  });
}

/** The same question before the pipeline exists. @throws UserError, GitLabError */
export async function agreeOnGroup(
  context: ActionContext,
  open: OpenProject,
  group: ListedGroup,
): Promise<Agreement | undefined> {
  return agree(context, open, async (project) => ({
    tree: undefined,
    touches: await newDeployTouches(project, group),
  }));
}

interface Planned {
  readonly tree: PipelineNode | undefined;
  readonly touches: Restarts;
}

async function agree(
  context: ActionContext,
  open: OpenProject,
  plan: (project: OmniaProject) => Promise<Planned>,
): Promise<Agreement | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Planning the deploy') };
  const { tree, touches, lead } = await window.withProgress(options, async () => {
    const planned = await plan(await knownProject(context, open));
    refuseObstacles(planOf(planned.touches));
    return { ...planned, lead: await localLines(open) };
  });
  const way = bootButton(touches);
  const asked = { question: bootQuestion(touches), tree, touches, lead, ways: [way] };
  const agreed = await askAction(context, open, asked);
  return agreed && { touches, agreed };
}

/**
 * Runs deploy as agreed; if it now touches more, asks again with the difference.
 * @returns whether GitLab received it
 */
export async function deployAgreed(
  context: ActionContext,
  open: OpenProject,
  { touches: before, agreed: first }: Agreement,
  target: PlayTarget,
): Promise<boolean> {
  const { tree, job, prepared } = await preparedPlay(context, open, target);
  const { touches } = prepared;
  const difference = beyond(before, touches);
  let agreed: Agreed | undefined = first;
  if (difference.kind !== 'nothing' && touches.kind === 'restarts') {
    const lead = differenceLines(difference);
    const way = bootButton(touches);
    const asked = { question: bootQuestion(touches), tree, touches, lead, ways: [way] };
    agreed = await askAction(context, open, asked);
  }
  return agreed !== undefined && play(context, open, { rootId: target.rootId, job, prepared, agreed });
}

function differenceLines(difference: Exclude<Beyond, { kind: 'nothing' }>): Paragraph[] {
  const changed = vscode.l10n.t('This is no longer what you agreed to.');
  if (difference.kind === 'another') return [changed];
  const { nodes, notices } = difference;
  const more = nodes.length === 0 ? [] : [vscode.l10n.t('Nodes that are new since then: {0}', nodes.length)];
  return [[changed, ...more, ...touchedLines(nodes, say)], ...noticeLines(notices)];
}

/** A user who edits the mapping file here may believe that this version is deployed. */
async function localLines(open: OpenProject): Promise<string[]> {
  const onServer = await serverMapping(omniaProject(open), branchOf(open));
  const local = onServer === undefined ? undefined : await findLocalFile([onServer.path]);
  if (onServer === undefined || local === undefined) return [];
  const { path, text } = onServer;
  if (isSameText(local.text, text) && !isUnsaved(local)) return [];
  const isCommitted = isSameText(local.headText, local.text) && !isUnsaved(local);
  return [
    isCommitted
      ? vscode.l10n.t(
          'Warning: your copy of {0} is another version than the one on the server, which is deployed.',
          path,
        )
      : vscode.l10n.t('Warning: your copy of {0} has changes that are not committed. They are not deployed.', path),
  ];
}
