import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';

/** An image group as lists offer it, with the same name, facts, and order everywhere. */
export interface OfferedImage {
  readonly name: string;
  /** In the words of its source. Empty if unknown. */
  readonly state: string;
  /** When it was built or last changed, milliseconds since the epoch. Undefined if unknown. */
  readonly changedMs: number | undefined;
  /** What currently links nodes to it, in words. Empty if nothing does. */
  readonly now: string;
}

/** Its name, then what is known about it. */
export function imageItem({ name, state, changedMs, now }: OfferedImage): vscode.QuickPickItem {
  const facts = [now, plainLine(state), changedMs === undefined ? '' : timeText(changedMs)];
  return { label: plainLine(name), description: facts.filter((fact) => fact !== '').join(' · ') };
}

/** The newest first; those without a time follow in their own order. */
export function newestFirst<T>(images: readonly T[], changedMs: (image: T) => number | undefined): T[] {
  return images.toSorted((one, other) => (changedMs(other) ?? 0) - (changedMs(one) ?? 0));
}

export function deployedNow(): string {
  return vscode.l10n.t('deployed now');
}

function timeText(ms: number): string {
  return new Date(ms).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
