import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { decisionDocument } from '@omnia-buildstream/core/stage/touchedNodes';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';
import { window } from '../platform/window.ts';
import type { Look } from './decide.ts';

/** Opens a text of ours as a document for reading and scrolling. */
export type ShowPage = (markdown: string) => Promise<void>;

/** Everything that is known about the question. */
export interface WholePlan {
  readonly question: string;
  readonly told: () => readonly Paragraph[];
  readonly nodes: readonly StageNode[];
  readonly restart: DecidedRestart | undefined;
}

/** Shows the whole plan; the question returns once the user has read it. */
export function planLook(showPage: ShowPage, { question, told, nodes, restart }: WholePlan): Look {
  return {
    button: vscode.l10n.t('Show Plan'),
    look: async () => {
      await showPage(String(decisionDocument(question, told(), { nodes, restart }, say)));
      return (await isRead(question)) ? 'again' : 'left';
    },
  };
}

/** A modal question would keep the user from scrolling; this quick pick stays open beside the document. */
async function isRead(question: string): Promise<boolean> {
  const back = { label: vscode.l10n.t('Back to the Question'), detail: question };
  const options = {
    title: vscode.l10n.t('Plan'),
    placeHolder: vscode.l10n.t('Read the plan; press Escape to close it without doing anything'),
    ignoreFocusOut: true,
  };
  return (await window.showQuickPick([back], options)) !== undefined;
}
