import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { StopSwitch } from './stopSwitch.ts';

/** Word for `when` in package.json: a run is in progress. */
const runningContext = 'buildstream.stageRunning';

/** The runs of this window: one at a time on a state folder, and one at a time in the view. */
export class RunningStages {
  #current: { readonly folder: string; readonly stop: StopSwitch; readonly isFollowing: boolean } | undefined;

  get current(): StopSwitch | undefined {
    return this.#current?.stop;
  }

  /** The run only follows what the management server does. */
  get isFollowing(): boolean {
    return this.#current?.isFollowing === true;
  }

  /** Takes the place of the one run. Owned by who called; `end` gives it free. @throws UserError while another is in progress */
  begin(
    folder: string,
    { isFollowing = false }: { readonly isFollowing?: boolean } = {},
  ): { readonly stop: StopSwitch; readonly end: () => void } {
    if (this.#current !== undefined) {
      throw refused(
        this.#current.folder === folder
          ? vscode.l10n.t('A stage is already running on these nodes. Wait until it ends, or stop it.')
          : vscode.l10n.t('A stage is already running in this window. Wait until it ends, or stop it.'),
      );
    }
    const run = { folder, stop: new StopSwitch(), isFollowing };
    this.#current = run;
    this.#tell();
    return {
      stop: run.stop,
      end: () => {
        if (this.#current !== run) return;
        this.#current = undefined;
        this.#tell();
      },
    };
  }

  /** Everything ends at once; the next run resumes. */
  dispose(): void {
    this.#current?.stop.pressAtOnce();
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', runningContext, this.#current !== undefined);
  }
}
