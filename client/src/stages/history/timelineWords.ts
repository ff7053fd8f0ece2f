import * as vscode from 'vscode';
import type { TimelineTexts } from '../../pages/runTimeline/messages.ts';

/** All fixed texts of the page, in the user's language. */
export function timelineWords(): TimelineTexts {
  return {
    title: timelineTitle(),
    tries: vscode.l10n.t('Runs of stages, the newest first'),
    began: vscode.l10n.t('Began'),
    stage: vscode.l10n.t('Stage'),
    image: vscode.l10n.t('Image group'),
    number: vscode.l10n.t('Try'),
    took: vscode.l10n.t('Took'),
    duration: vscode.l10n.t('Duration'),
    result: vscode.l10n.t('Result'),
    by: vscode.l10n.t('Run by'),
    show: vscode.l10n.t('Show the nodes of this run'),
    nothing: vscode.l10n.t('Nothing has been run in this project yet.'),
    over: vscode.l10n.t('Nodes by step over time'),
    asTable: vscode.l10n.t('Show as Table'),
    time: vscode.l10n.t('Time'),
    slowest: vscode.l10n.t('The slowest nodes'),
    node: vscode.l10n.t('Node'),
    steps: vscode.l10n.t('Steps'),
  };
}

export function timelineTitle(): string {
  return vscode.l10n.t('Run Timeline');
}
