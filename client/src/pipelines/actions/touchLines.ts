import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { actionNotes } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import type { MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { omniaControlNotes } from '@omnia-buildstream/core/plan/control/omniaControl';
import { imageTexts } from '@omnia-buildstream/core/plan/roleImages';
import { identityTexts, rolloutTexts } from '@omnia-buildstream/core/plan/planTexts';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { shortList } from '../../platform/shortList.ts';
import { planLines } from './planLines.ts';

/**
 * What running a manual job or retrying jobs does to nodes and images, the counts first. Empty if it touches neither.
 */
export function touchLines(touches: Touches): Paragraph[] {
  switch (touches.kind) {
    case 'chooses-image':
      return [
        vscode.l10n.t('Selects image group {0}. No node is changed until you run the deploy job.', touches.imageGroup),
      ];
    case 'restarts':
      return restartLines(touches);
    case 'chooses-deletion':
      return [
        vscode.l10n.t(
          'Selects image group {0} for deletion. Nothing is deleted until you run the cleanup job.',
          touches.imageGroup,
        ),
      ];
    case 'deletes':
      return deletionLines(touches.imageGroups);
    case 'cadence':
      return [
        vscode.l10n.t('Builds new images, deploys them, and PXE-boots the nodes without asking again.'),
        ...nodeLines(touches.plan),
        ...(touches.plan === undefined ? [] : controlLines(touches.plan)),
      ];
    case 'makes-child':
      return [
        vscode.l10n.t('No node is changed until an image is selected in the new child and its deploy job is run.'),
      ];
    case 'prepares-nodes':
      return [
        vscode.l10n.t(
          'Prepares all nodes in the mapping file for the new images, without asking again. No node is restarted.',
        ),
      ];
    case 'starts':
      return [];
  }
}

function restartLines(touches: Extract<Touches, { kind: 'restarts' }>): Paragraph[] {
  const { plan, branchPlan } = touches;
  const branch =
    branchPlan === undefined
      ? []
      : [
          vscode.l10n.t('With GITLAB_API_TOKEN set the mapping file of the branch is used, and then:'),
          ...planLines(branchPlan),
        ];
  const notes = actionNotes(touches)
    .filter(({ message }) => message !== imageTexts.checked)
    .map((note) => wordsOf(note, say));
  const [counts = [], ...others] = nodeLines(plan);
  const control = plan === undefined ? [] : controlLines(plan);
  return [counts, ...control, ...others, ...notes, ...branch];
}

/**
 * What a restart from here does and Omnia's own never does. It is the same at every run, so a question omits it first.
 */
export function unknownToOmnia({ kind }: Touches): Paragraph[] {
  if (kind !== 'restarts' && kind !== 'cadence') return [];
  return [say(identityTexts.byOim, {}), say(rolloutTexts.notHere, {})];
}

/** Which nodes are booted, and why. */
function nodeLines(plan: MappingPlan | undefined): Paragraph[] {
  return plan === undefined
    ? [vscode.l10n.t('PXE-boots nodes. Which ones is unknown, because there is no mapping file.')]
    : planLines(plan);
}

function controlLines({ decision }: MappingPlan): Paragraph[] {
  const notes = decision.plan === undefined ? [] : omniaControlNotes(decision.plan).map((note) => wordsOf(note, say));
  return notes.length === 0 ? [] : [notes];
}

/** What is the same at every run. The plan shows it, so that a question only has what is special about this run. */
export function standingLines(touches: Touches): Paragraph[] {
  if (touches.kind !== 'restarts' || !touches.deploys) return [];
  const checked = actionNotes(touches).filter(({ message }) => message === imageTexts.checked);
  return [
    vscode.l10n.t(
      'Deploys {0} to the nodes in the mapping file, then PXE-boots the nodes that are not running it yet.',
      touches.imageGroup ?? vscode.l10n.t('the selected image group'),
    ),
    ...checked.map((note) => wordsOf(note, say)),
  ];
}

function deletionLines(imageGroups: readonly string[]): Paragraph[] {
  return [
    [
      vscode.l10n.t('Deletes the images and artifacts of these image groups. This cannot be undone:'),
      ...shortList(imageGroups),
    ],
    vscode.l10n.t('Nodes that run a deleted image cannot boot it again.'),
  ];
}
