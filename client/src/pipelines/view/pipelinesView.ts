import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { noticeText } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { explain } from '../../errors/gitlabWords.ts';
import { messageOf } from '../../errors/messageOf.ts';
import { nextText } from './nextText.ts';
import type { PipelineElement } from './pipelineElements.ts';
import { filterWords } from './pipelineFilter.ts';
import type { PipelinesModel } from './pipelinesModel.ts';
import { codiconOf, statusWord } from './statusLook.ts';

/** Message and status bar item of the Pipelines view. */
export class PipelinesView {
  readonly #store = new DisposableStore();
  readonly #view: vscode.TreeView<PipelineElement>;
  readonly #model: PipelinesModel;
  readonly #status: vscode.StatusBarItem;
  #isStatusVisible = false;

  constructor(view: vscode.TreeView<PipelineElement>, model: PipelinesModel) {
    this.#view = view;
    this.#model = model;
    this.#status = this.#store.add(
      vscode.window.createStatusBarItem('buildstream.pipelines', vscode.StatusBarAlignment.Left),
    );
    this.#status.name = vscode.l10n.t('GitLab Pipelines');
    this.#status.command = 'buildstream.pipelines.focus';
    this.#store.add(
      view.onDidChangeVisibility(() => {
        this.#look();
      }),
    );
    this.#store.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        model.schedule.setFocused(focused);
      }),
    );
    this.#look();
    model.schedule.setFocused(vscode.window.state.focused);
  }

  /** The badge is reserved for failed nodes; the Status view shows what a pipeline waits for. */
  update(): void {
    this.#updateMessage();
    this.#updateStatus();
  }

  setStatusVisible(isVisible: boolean): void {
    this.#isStatusVisible = isVisible;
    this.#look();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #look(): void {
    this.#model.schedule.setPipelinesVisible(this.#view.visible || this.#isStatusVisible);
  }

  /** Shows an error if there are pipelines; without any, the welcome text shows it. */
  #updateMessage(): void {
    const { error, filter, all } = this.#model;
    const said = isGitLabError(error) ? explain(error) : error instanceof Error ? messageOf(error) : undefined;
    const isEmpty = all.length === 0;
    // A message hides the welcome text.
    this.#view.message = isEmpty ? '' : noticeText(said ?? (this.#step() || this.#model.restartText));
    this.#view.description = filterWords(filter);
  }

  #step(): string {
    const tree = this.#model.all.map(({ id }) => this.#model.trees.get(id)).find((found) => found !== undefined);
    if (tree === undefined) return '';
    const text = nextText(nextAction(tree));
    return text === '' ? '' : vscode.l10n.t('Pipeline #{0}: {1}', tree.pipeline.id, text);
  }

  #updateStatus(): void {
    const [newest] = this.#model.all;
    if (newest === undefined) {
      this.#status.hide();
      return;
    }
    const tree = this.#model.trees.get(newest.id);
    const info = groupStatus(tree?.state ?? { status: newest.status, hasWarnings: false });
    const word = statusWord(info);
    this.#status.text = `$(${codiconOf(info)}) #${String(newest.id)} ${word}`;
    const step = tree === undefined ? '' : nextText(nextAction(tree));
    this.#status.tooltip = [vscode.l10n.t('Pipeline #{0} on {1}', newest.id, newest.ref), word, step]
      .filter((line) => line !== '')
      .join('\n');
    this.#status.accessibilityInformation = { label: vscode.l10n.t('Pipeline #{0}: {1}', newest.id, word) };
    this.#status.show();
  }
}
