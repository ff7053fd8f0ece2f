import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { window } from '../platform/window.ts';

/** Finds something out and changes nothing; then the question is asked again, unless the user leaves it there. */
export interface Look {
  readonly button: string;
  readonly look: () => Promise<'again' | 'left'>;
}

export interface Decision {
  readonly question: string;
  /** No more than a screen holds; read anew each time the question returns. */
  readonly detail: () => readonly Paragraph[];
  /** The first of them comes before everything that acts, because VS Code gives Enter to the first button. */
  readonly looks: readonly Look[];
  /** Buttons that act, each named after its effect. */
  readonly ways: readonly string[];
}

/** The one way to ask before something is touched. Resolves to the button that was pressed; undefined for a no. */
export async function decide({ question, detail, looks, ways }: Decision): Promise<string | undefined> {
  const [first, ...others] = looks.map(({ button }) => button);
  const buttons = [...(first === undefined ? [] : [first]), ...ways, ...others];
  for (;;) {
    const answer = await window.ask(question, detail(), ...buttons);
    const chosen = looks.find(({ button }) => button === answer);
    if (chosen === undefined) return answer;
    if ((await chosen.look()) === 'left') return undefined;
  }
}
