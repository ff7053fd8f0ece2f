import * as vscode from 'vscode';
import { every } from '../../platform/clock.ts';
import type { DirectWords } from '../direct/directOffer.ts';
import { incrementOf, nothingYet, type StageCount } from './stageProgress.ts';
import type { StopSwitch } from './stopSwitch.ts';
import { window } from '../../platform/window.ts';

const updateMs = 250;

type Unit = DirectWords['unit'];

/** For example "3 of 8 nodes, 1 failed". */
export function countText({ total, done, failed }: StageCount, unit: Unit): string {
  const text =
    unit === 'nodes' ? vscode.l10n.t('{0} of {1} nodes', done, total) : vscode.l10n.t('{0} of {1} tests', done, total);
  return failed === 0 ? text : `${text}, ${vscode.l10n.t('{0} failed', failed)}`;
}

interface Notified {
  readonly title: string;
  readonly count: () => StageCount;
  /** The count, and which nodes the run waits for. */
  readonly text: () => string;
  readonly stop: StopSwitch;
}

/** The notification of a run in progress. Its Cancel button is the stop switch; the title shows the first press. */
export function notifyWhile(ended: Promise<unknown>, { title, count, text, stop }: Notified): void {
  const location = vscode.ProgressLocation.Notification;
  void window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let shown = nothingYet;
    const updates = every(updateMs, () => {
      const now = count();
      const increment = incrementOf(shown, now);
      shown = now;
      progress.report({ message: text(), increment });
    });
    const cancelled = new Promise<'cancelled'>((resolve) => {
      token.onCancellationRequested(() => {
        resolve('cancelled');
      });
    });
    const pressed = new Promise<'pressed'>((resolve) => {
      if (!stop.stop.aborted) {
        stop.stop.addEventListener('abort', () => {
          resolve('pressed');
        });
      }
    });
    try {
      const first = await Promise.race([
        ended.then(
          () => 'ended',
          () => 'ended',
        ),
        cancelled,
        pressed,
      ]);
      if (first === 'ended') return;
      if (first === 'cancelled') stop.press();
      if (stop.stopAtOnce.aborted) return;
      const stopping = vscode.l10n.t('Stopping after the nodes in progress… Cancel again to stop immediately');
      notifyWhile(ended, { title: stopping, count, text, stop });
    } finally {
      updates.dispose();
    }
  });
}
