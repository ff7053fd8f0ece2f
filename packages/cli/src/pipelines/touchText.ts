import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { actionNotes } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import type { MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { serverPlanText } from './nodes.ts';

/** What running a manual job, or rerunning jobs, does to nodes and images. Lines for the terminal. */
export function touchText(touches: Touches): string {
  switch (touches.kind) {
    case 'chooses-image':
      return `Selects image group ${plainLine(touches.imageGroup)}. No node is changed until you run the deploy job.\n`;
    case 'restarts':
      return restartText(touches);
    case 'chooses-deletion':
      return `Selects image group ${plainLine(touches.imageGroup)} for deletion. Nothing is deleted until you run the cleanup job.\n`;
    case 'deletes':
      return deletionText(touches.imageGroups);
    case 'cadence':
      return cadenceText(touches.plan);
    case 'makes-child':
      return 'No node is changed until an image is selected in the new child and its deploy job is run.\n';
    case 'prepares-nodes':
      return 'Prepares all nodes in the mapping file for the new images, without asking again. No node is restarted.\n';
    case 'starts':
      return '';
  }
}

function restartText(touches: Extract<Touches, { kind: 'restarts' }>): string {
  const { deploys, imageGroup, plan, branchPlan } = touches;
  const what = deploys
    ? `Deploys ${plainLine(imageGroup ?? 'the selected image group')} to the nodes in the mapping file, then PXE-boots the nodes that are not running it yet:\n`
    : '';
  const branch =
    branchPlan === undefined
      ? ''
      : `! With GITLAB_API_TOKEN set the mapping file of the branch is used, and then:\n${serverPlanText(branchPlan)}`;
  const notes = actionNotes(touches).map((note) => `${plainLine(wordsOf(note))}\n`);
  return what + serverPlanText(plan) + branch + notes.join('');
}

/** A cadence asks nothing in between, so this is the only question. */
export function cadenceText(plan: MappingPlan | undefined): string {
  return `Builds new images, deploys them, and PXE-boots the nodes without asking again:\n${serverPlanText(plan)}`;
}

function deletionText(imageGroups: readonly string[]): string {
  const which = imageGroups.length === 0 ? '  (the selected image groups)\n' : '';
  return (
    'Deletes the images and artifacts of these image groups. This cannot be undone:\n' +
    imageGroups.map((group) => `  ${plainLine(group)}\n`).join('') +
    which +
    '! Nodes that run a deleted image cannot boot it again.\n'
  );
}
