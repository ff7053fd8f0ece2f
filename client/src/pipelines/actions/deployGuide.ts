import { guideStep, type GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { isSameGroup } from '@omnia-buildstream/gitlab/omnia/sameGroup';
import { imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import * as vscode from 'vscode';
import { currentTree, openProject, type ActionContext } from './actionContext.ts';
import { agreeOnGroup, agreeOnImage, deployAgreed, type Agreement } from './deployAgreement.ts';
import { chooseDeploy, chooseImage, chosenToList, type DeployChoice } from './deployChoice.ts';
import { followWithProgress } from './followProgress.ts';
import { stepText } from './guideWords.ts';
import { confirmAndPlay, playAgreed } from './playCommand.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { startListing } from './startDeploy.ts';
import { tellEnd } from './tellEnd.ts';
import { window } from '../../platform/window.ts';

/**
 * A deploy is one decision: the image, then one question. Continues a pipeline from its current step, or starts one.
 */
export async function deployCommand(context: ActionContext): Promise<void> {
  const open = await openProject(context);
  const choice = await chooseDeploy(context, open);
  const begun = choice && (await begin(context, open, choice));
  if (begun === undefined) await context.model.refresh();
  else await guide(context, open, begun.rootId, begun.wish);
}

/** What was decided before the pipeline asks for it. */
interface Wish {
  /** Undefined if the image is chosen once the pipeline lists the images. */
  readonly image: Pick<Job, 'name'> | undefined;
  readonly agreement: Agreement | undefined;
}

const noWish: Wish = { image: undefined, agreement: undefined };

interface Begun {
  readonly rootId: number;
  readonly wish: Wish;
}

/** @returns undefined if the user cancels, or if it is unknown whether a pipeline was started */
async function begin(context: ActionContext, open: OpenProject, choice: DeployChoice): Promise<Begun | undefined> {
  switch (choice.kind) {
    case 'run':
      return { rootId: choice.rootId, wish: noWish };
    case 'image': {
      const agreement = await agreeOnImage(context, open, choice);
      return agreement && { rootId: choice.rootId, wish: { image: choice.image, agreement } };
    }
    case 'new': {
      const agreement = await agreeOnGroup(context, open, choice.group);
      const rootId = agreement && (await startListing(context, open, agreement.agreed));
      return rootId === undefined ? undefined : { rootId, wish: { image: { name: choice.group.id }, agreement } };
    }
    case 'list': {
      const rootId = await startListing(context, open, chosenToList());
      return rootId === undefined ? undefined : { rootId, wish: noWish };
    }
  }
}

/**
 * Guides the user through the steps of a pipeline until it is over or the user leaves.
 * @throws GitLabError, UserError
 */
export async function guide(context: ActionContext, open: OpenProject, rootId: number, wish = noWish): Promise<void> {
  const guided = context.model.guided(rootId);
  try {
    await context.model.refresh();
    await takeSteps(context, open, { rootId, wish });
    // A step that was on the screen is no news afterwards. After an error, nobody waits for a server that may be dead.
    await context.model.refresh();
  } finally {
    guided.dispose();
  }
}

async function takeSteps(context: ActionContext, open: OpenProject, begun: Begun): Promise<void> {
  const { rootId } = begun;
  let { wish } = begun;
  for (;;) {
    const root = await currentTree(open, rootId);
    const step = guideStep(root);
    if (step.kind === 'done' || step.kind === 'hidden' || step.kind === 'retry' || step.kind === 'retry-image') {
      await context.model.refresh();
      await tellEnd(context, open, { root, step });
      return;
    }
    const next = await takeStep(context, open, { rootId, step, wish });
    if (next === undefined) {
      const left = vscode.l10n.t('Pipeline #{0}: {1}. Use Deploy Through GitLab… to continue.', rootId, stepText(step));
      void window.showInformationMessage(left);
      return;
    }
    wish = next;
  }
}

interface OpenStep extends Begun {
  readonly step: Exclude<GuideStep, { kind: 'done' | 'hidden' | 'retry' | 'retry-image' }>;
}

/**
 * @returns what is decided for the next steps; undefined if the user leaves the guide, or if it is unknown whether a
 * click was carried out
 */
async function takeStep(
  context: ActionContext,
  open: OpenProject,
  { rootId, step, wish }: OpenStep,
): Promise<Wish | undefined> {
  const then = (isDone: boolean, next: Wish): Wish | undefined => (isDone ? next : undefined);
  switch (step.kind) {
    case 'wait-for-images':
    case 'wait-for-image':
    case 'follow': {
      const until = (tree: Parameters<typeof guideStep>[0]) => guideStep(tree).kind !== step.kind;
      const detail = () => context.model.restartText;
      return then((await followWithProgress(open, { pipelineId: rootId, until, detail })) !== undefined, wish);
    }
    case 'play-trigger':
      // It creates the child pipeline that lists the images, which touches no node.
      return then(await confirmAndPlay(context, open, { rootId, shown: step.job }), wish);
    case 'choose-image':
      return selectImage(context, open, { rootId, step, wish });
    case 'play-deploy': {
      const target = { rootId, shown: step.job };
      const { agreement } = wish;
      const isPlayed =
        agreement === undefined
          ? await confirmAndPlay(context, open, target)
          : await deployAgreed(context, open, agreement, target);
      return then(isPlayed, noWish);
    }
  }
}

/** Selects the image that was decided on; otherwise asks for one and then asks the one question. */
async function selectImage(
  context: ActionContext,
  open: OpenProject,
  { rootId, step, wish }: Begun & { readonly step: Extract<GuideStep, { kind: 'choose-image' }> },
): Promise<Wish | undefined> {
  const wanted = wish.image;
  const [decided, ...doubles] = step.images.filter(
    (image) => wanted !== undefined && isSameGroup(imageGroupOf(image), imageGroupOf(wanted)),
  );
  if (decided !== undefined && doubles.length === 0 && wish.agreement !== undefined) {
    return (await playAgreed(context, open, { rootId, shown: decided }, wish.agreement.agreed))
      ? { ...wish, image: undefined }
      : undefined;
  }
  const image = await chooseImage(context, open, step.images);
  const agreement = image && (await agreeOnImage(context, open, { rootId, image }));
  if (image === undefined || agreement === undefined) return undefined;
  return (await playAgreed(context, open, { rootId, shown: image }, agreement.agreed))
    ? { image: undefined, agreement }
    : undefined;
}
