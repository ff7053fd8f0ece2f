import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { listedGroup } from '@omnia-buildstream/gitlab/omnia/imageCheck';
import { imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import { isSameGroup } from '@omnia-buildstream/gitlab/omnia/sameGroup';
import { greenDeploy } from '@omnia-buildstream/gitlab/omnia/inputChanges';
import { askListed, type ListedGroup, type ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import * as vscode from 'vscode';
import { deployedNow, imageItem, newestFirst } from '../../decision/imageItems.ts';
import { window } from '../../platform/window.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import type { ActionContext } from './actionContext.ts';
import type { Agreed } from './askAction.ts';
import { openRuns, type FoundRun } from './findRuns.ts';
import { stepText } from './guideWords.ts';

/** What the user chose to deploy, before anything is started or run. */
export type DeployChoice =
  /** A pipeline that waits for an image, and the image for it. */
  | { readonly kind: 'image'; readonly rootId: number; readonly image: Job }
  /** A pipeline at another step. */
  | { readonly kind: 'run'; readonly rootId: number }
  /** An image that the BuildStreaM API lists, for a new pipeline. */
  | { readonly kind: 'new'; readonly group: ListedGroup }
  /** A new pipeline, so far only to list the images. */
  | { readonly kind: 'list' };

interface Item extends vscode.QuickPickItem {
  readonly choice?: DeployChoice;
}

/** What is known about images: those that the API lists, and which of them is deployed. */
export interface KnownImages {
  readonly listed: ListedGroups;
  /** Undefined if no pipeline that GitLab shows reveals it. */
  readonly deployed: string | undefined;
}

/**
 * Image first: one list of everything that can be deployed now.
 * @returns undefined if the user cancels
 * @throws GitLabError
 */
export async function chooseDeploy(context: ActionContext, open: OpenProject): Promise<DeployChoice | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Reading pipelines and images'),
  };
  const items = await window.withProgress(options, async () => {
    const [runs, known] = await Promise.all([openRuns(open), knownImages(context, open)]);
    return deployItems(runs, known);
  });
  const title = vscode.l10n.t('Deploy Through GitLab: Select an Image');
  return (await window.showQuickPick<Item>(items, { title, ignoreFocusOut: true, matchOnDescription: true }))?.choice;
}

/** Asks for one of the images that a pipeline offers. */
export async function chooseImage(
  context: ActionContext,
  open: OpenProject,
  images: readonly Job[],
): Promise<Job | undefined> {
  const items = imagesOf(images, await knownImages(context, open));
  const options = { title: vscode.l10n.t('Deploy Through GitLab: Select an Image'), ignoreFocusOut: true };
  return (await window.showQuickPick(items, options))?.image;
}

/** Also reads which image is deployed now, if GitLab shows it; a GitLab error there does not stop the deploy. */
async function knownImages({ facts }: ActionContext, open: OpenProject): Promise<KnownImages> {
  const [listed, green] = await Promise.all([
    facts().then(askListed),
    greenDeploy(omniaProject(open)).catch((error: unknown) => {
      if (isGitLabError(error)) return undefined;
      throw error;
    }),
  ]);
  return { listed, deployed: green?.imageGroup };
}

export function deployItems(runs: readonly FoundRun[], known: KnownImages): Item[] {
  const waiting = runs.flatMap(({ tree: { pipeline }, step }) =>
    step.kind === 'choose-image' ? [{ rootId: pipeline.id, images: step.images }] : [],
  );
  const others = runs.filter(({ step }) => step.kind !== 'choose-image');
  return [
    ...waiting.flatMap(({ rootId, images }) => [
      separator(vscode.l10n.t('Pipeline #{0} is waiting for an image', rootId)),
      ...imagesOf(images, known).map(({ image, ...item }): Item => ({
        ...item,
        choice: { kind: 'image', rootId, image },
      })),
    ]),
    ...(others.length === 0 ? [] : [separator(vscode.l10n.t('Continue a pipeline'))]),
    ...others.map(({ tree: { pipeline }, step }): Item => ({
      label: vscode.l10n.t('Pipeline #{0}', pipeline.id),
      description: stepText(step),
      choice: { kind: 'run', rootId: pipeline.id },
    })),
    separator(vscode.l10n.t('New pipeline')),
    ...newItems(known),
    {
      label: listImages(),
      description: vscode.l10n.t('touches no node'),
      choice: { kind: 'list' },
    },
  ];
}

/** The agreement of a user who only lists images. */
export function chosenToList(): Agreed {
  return { question: vscode.l10n.t('Deploy Through GitLab: Select an Image'), lines: [], answer: listImages() };
}

function listImages(): string {
  return vscode.l10n.t('Start a Pipeline to List Images');
}

function newItems({ listed, deployed }: KnownImages): Item[] {
  if (listed.kind !== 'listed') return [];
  return newestFirst(listed.groups, ({ updatedAt }) => updatedAt).map((group): Item => ({
    ...imageItem({
      name: group.id,
      state: group.status ?? '',
      changedMs: group.updatedAt,
      now: deployed !== undefined && isSameGroup(deployed, group.id) ? deployedNow() : '',
    }),
    choice: { kind: 'new', group },
  }));
}

function imagesOf(images: readonly Job[], { listed, deployed }: KnownImages) {
  const offered = images.map((image) => ({ image, group: listedGroup(listed, image) }));
  return newestFirst(offered, ({ group }) => group?.updatedAt).map(({ image, group }) => ({
    ...imageItem({
      name: imageGroupOf(image),
      state: group?.status ?? '',
      changedMs: group?.updatedAt,
      now: deployed !== undefined && isSameGroup(deployed, imageGroupOf(image)) ? deployedNow() : '',
    }),
    image,
  }));
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
