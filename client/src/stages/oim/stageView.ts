import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageSummary } from '@omnia-buildstream/oim/events';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { PreparedOimStage } from '@omnia-buildstream/runner/oim/prepareOimStage';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import type { RunView } from '../session/runView.ts';
import type { StageContext } from '../stageContext.ts';
import type { SessionRun } from '../stageDefinition.ts';
import { painted } from '../session/terminalText.ts';
import { apiStageWords, onServer, outcomeText } from './apiStageWords.ts';
import { notifyFollowing } from './followNotification.ts';
import { window } from '../../platform/window.ts';

interface Viewed {
  readonly client: OimClient;
  readonly prepared: PreparedOimStage;
  readonly run: SessionRun;
  /** File that stores what the server reported about nodes. */
  readonly told: vscode.Uri;
}

const colourOf = { info: undefined, warning: 'yellow', error: 'red' } as const;
const exitCodeOf = { succeeded: 0, failed: 3, 'not-started': 2, 'left-running': 3, unknown: 3 } as const;

/**
 * Shows a stage that the management server runs: terminal, notification, nodes, deployment. If the API reports nothing
 * about single nodes, all nodes of the stage look the same.
 */
export class StageView implements RunView<OimStageSummary> {
  readonly #context: StageContext;
  readonly #viewed: Viewed;
  #say: (text: string) => void = () => undefined;

  constructor(context: StageContext, viewed: Viewed) {
    this.#context = context;
    this.#viewed = viewed;
  }

  begin(ended: Promise<void>): void {
    const { prepared, run } = this.#viewed;
    const word = onServer(apiStageWords(prepared.stage));
    this.#context.live.begin(this.#addresses(), { phase: 'running', word, message: '' });
    this.#say = notifyFollowing(ended, {
      title: vscode.l10n.t(
        '{0}. Canceling stops following the stage; it keeps running on the management server.',
        word,
      ),
      stop: run.stop,
    }).say;
  }

  show(event: StageEvent): void {
    if (event.type !== 'stage-note') return;
    const text = plainLine(wordsOf(event.said, say));
    const colour = colourOf[event.level];
    const line = `${event.at.slice(11, 19)}  ${text}`;
    this.#viewed.run.write(colour === undefined ? line : painted(colour, line));
    this.#say(text);
    this.#context.live.setProgress(text);
    void this.#refreshDeployment();
  }

  /** Resolves to the exit code. */
  async tell({ outcome, said, nodes }: OimStageSummary): Promise<number> {
    const { prepared, run } = this.#viewed;
    const words = apiStageWords(prepared.stage);
    const isGood = outcome === 'succeeded';
    const headline = outcomeText(outcome);
    const told = plainLine(wordsOf(said, say));
    run.write('', painted(isGood ? 'green' : 'yellow', headline));
    if (isGood) run.write(told);
    this.#showNodes(nodes, isGood);
    await this.#refreshDeployment();
    // The message about a stage that did not start already begins with the headline.
    const text = told.startsWith(headline) ? told : `${headline} ${told}`;
    void this.#notify(`${onServer(words)}: ${text}`, isGood);
    return exitCodeOf[outcome];
  }

  end(): void {
    // What the server reported about nodes is on disk now, where every window reads it.
    void this.#context.nodes.changedOnDisk(this.#viewed.told).finally(() => {
      this.#context.live.end();
    });
  }

  /** Shows the API's result for each node. A node without one is only shown as done if the stage succeeded. */
  #showNodes(nodes: OimStageSummary['nodes'], isGood: boolean): void {
    const { live } = this.#context;
    const done = { phase: 'booted', word: apiStageWords(this.#viewed.prepared.stage).done, message: '' } as const;
    const results = new Map(nodes?.map((node) => [node.bmcIp, node]));
    for (const address of this.#addresses()) {
      const result = results.get(address);
      if (result?.hasFailed === true) {
        live.set(address, { phase: 'failed', word: vscode.l10n.t('failed'), message: plainLine(result.message) });
      } else if (isGood || result !== undefined) live.set(address, done);
    }
  }

  async #notify(text: string, isGood: boolean): Promise<void> {
    this.#context.log.info(text);
    const show = vscode.l10n.t('Show Deployment');
    const verify = vscode.l10n.t('Verify');
    const tell = isGood ? window.showInformationMessage : window.showWarningMessage;
    const isBooted = isGood && apiStageWords(this.#viewed.prepared.stage).boots;
    const chosen = await tell(text, ...(isBooted ? [verify] : []), show);
    if (chosen === verify) await vscode.commands.executeCommand('buildstream.verify');
    if (chosen !== show) return;
    await vscode.commands.executeCommand('buildstream.showDeployment', this.#viewed.prepared.imageGroup);
  }

  /** Refreshes the document if it is open. A failure is only logged, because it does not affect the run. */
  async #refreshDeployment(): Promise<void> {
    const { client, prepared } = this.#viewed;
    await this.#context.deployments.refresh(client, prepared.imageGroup).catch((error: unknown) => {
      this.#context.log.debug(`The deployment could not be refreshed: ${String(error)}`);
    });
  }

  #addresses(): string[] {
    return this.#viewed.prepared.nodes.map(({ target }) => target.bmcIp).filter((address) => address !== '');
  }
}
