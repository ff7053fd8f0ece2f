import { fitted } from '@omnia-buildstream/core/text/fitting';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { window } from '../platform/window.ts';

/** Finds something out without changing anything. The question is then asked again, unless the user leaves it. */
export interface Look {
  readonly button: string;
  readonly look: () => Promise<'again' | 'left'>;
}

export interface Decision {
  readonly question: string;
  /** Read again each time the question returns. What does not fit a screen is in the plan. */
  readonly detail: () => readonly Paragraph[];
  /** The first one precedes everything that acts, because VS Code gives Enter to the first button. */
  readonly looks: readonly Look[];
  /** Buttons that act, each named after its effect. */
  readonly ways: readonly string[];
}

/**
 * The only way to ask before something is touched. Resolves to the button that was pressed, or undefined if the user
 * declines.
 */
export async function decide({ question, detail, looks, ways }: Decision): Promise<string | undefined> {
  const [first, ...others] = looks.map(({ button }) => button);
  const buttons = [...(first === undefined ? [] : [first]), ...ways, ...others];
  for (;;) {
    const answer = await window.ask(question, shown(detail(), first, buttons), ...buttons);
    const chosen = looks.find(({ button }) => button === answer);
    if (chosen === undefined) return answer;
    if ((await chosen.look()) === 'left') return undefined;
  }
}

/** Shortens the detail only if there is a look: without one, nothing else would show the rest. */
function shown(
  detail: readonly Paragraph[],
  look: string | undefined,
  buttons: readonly string[],
): readonly Paragraph[] {
  return look === undefined ? detail : fitted(detail, vscode.l10n.t('{0} has all of it.', look), buttons);
}
