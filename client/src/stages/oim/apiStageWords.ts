import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimOutcome } from '@omnia-buildstream/oim/events';
import * as vscode from 'vscode';

interface ApiStageWords {
  /** For a menu. */
  readonly title: string;
  readonly description: string;
  /** The question for a number of nodes and their image group. */
  readonly question: (count: number, image: string) => string;
  /** Label of the button, named after its effect. */
  readonly button: (count: number) => string;
  /** Whether the stage boots nodes, so that verifying them is worthwhile. */
  readonly boots: boolean;
  /** The word for nodes after the stage succeeded. */
  readonly done: string;
}

/** Says where the stage runs, because GitLab and this computer have a stage of the same name. */
export function onServer({ title }: Pick<ApiStageWords, 'title'>): string {
  return vscode.l10n.t('{0} on the management server', title);
}

/** Texts for a stage that the management server runs. */
export function apiStageWords(stage: StageName): ApiStageWords {
  switch (stage) {
    case 'deploy':
      return {
        title: vscode.l10n.t('Deploy'),
        description: vscode.l10n.t('Uploads the input files and assigns the images of the image group'),
        question: (count, image) =>
          count === 1
            ? vscode.l10n.t('Assign {0} to 1 node on the management server?', image)
            : vscode.l10n.t('Assign {1} to {0} nodes on the management server?', count, image),
        button: (count) =>
          count === 1 ? vscode.l10n.t('Assign Image to 1 Node') : vscode.l10n.t('Assign Image to {0} Nodes', count),
        boots: false,
        done: vscode.l10n.t('image assigned'),
      };
    case 'restart':
      return {
        title: vscode.l10n.t('Restart'),
        description: vscode.l10n.t('PXE-boots the nodes of the image group that are not booted'),
        question: (count, image) =>
          count === 1
            ? vscode.l10n.t('PXE-boot 1 node with {0} through the management server?', image)
            : vscode.l10n.t('PXE-boot {0} nodes with {1} through the management server?', count, image),
        button: (count) =>
          count === 1 ? vscode.l10n.t('PXE-Boot 1 Node') : vscode.l10n.t('PXE-Boot {0} Nodes', count),
        boots: true,
        done: vscode.l10n.t('booted'),
      };
    case 'validate':
      return {
        title: vscode.l10n.t('Validate'),
        description: vscode.l10n.t("Runs Omnia's tests on the nodes of the image group"),
        question: (count, image) =>
          count === 1
            ? vscode.l10n.t('Test 1 node with {0} on the management server?', image)
            : vscode.l10n.t('Test {0} nodes with {1} on the management server?', count, image),
        button: (count) => (count === 1 ? vscode.l10n.t('Test 1 Node') : vscode.l10n.t('Test {0} Nodes', count)),
        boots: false,
        done: vscode.l10n.t('tests passed'),
      };
  }
}

/** How a stage ended, in a sentence. What the API reports follows it. */
export function outcomeText(outcome: OimOutcome): string {
  switch (outcome) {
    case 'succeeded':
      return vscode.l10n.t('The stage succeeded.');
    case 'failed':
      return vscode.l10n.t('The stage failed.');
    case 'not-started':
      return vscode.l10n.t('Nothing was started.');
    case 'left-running':
      return vscode.l10n.t('No longer following.');
    case 'unknown':
      return vscode.l10n.t(
        'It is unknown whether the stage is running, and the request was not repeated. Check "Show Deployment" before you run it again.',
      );
  }
}
