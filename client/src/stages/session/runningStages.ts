import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { StopSwitch } from './stopSwitch.ts';

/** Context key for `when` clauses in package.json: whether a run is in progress. */
const runningContext = 'buildstream.stageRunning';

/** The run of this window. There is at most one, whatever its state folder. */
export class RunningStages {
  #current: { readonly folder: string; readonly stop: StopSwitch; readonly isFollowing: boolean } | undefined;

  get current(): StopSwitch | undefined {
    return this.#current?.stop;
  }

  /** Whether the run only follows a stage on the management server. */
  get isFollowing(): boolean {
    return this.#current?.isFollowing === true;
  }

  /** Begins the only run. The caller must call `end`. @throws UserError while another run is in progress */
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

  /** Stops the run immediately. The next run resumes it. */
  dispose(): void {
    this.#current?.stop.pressAtOnce();
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', runningContext, this.#current !== undefined);
  }
}
