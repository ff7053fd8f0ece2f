import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import type { CommandHandler } from '../platform/commands.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { DeployFacts } from './facts/deployFacts.ts';
import { validateController } from './testing/validateTests.ts';
import { stageCommands, taskType, timelineType, type StagesPart, type StagesParts } from './stagesPart.ts';

/**
 * The part of the stage engine that the editor needs on startup: the names of commands and the task type. The code that
 * runs stages is a separate bundle, loaded on first use if the workspace is trusted.
 */
export class StagesFeature implements vscode.TaskProvider {
  readonly #store = new DisposableStore();
  readonly #parts: StagesParts;
  readonly tests: vscode.TestController;
  #loading: Promise<StagesPart> | undefined;

  constructor(parts: Omit<StagesParts, 'tests'>) {
    this.tests = this.#store.add(validateController(() => this.#load()));
    this.#parts = { ...parts, tests: this.tests };
    this.#store.add(vscode.tasks.registerTaskProvider(taskType, this));
    this.#store.add(
      vscode.window.registerWebviewPanelSerializer(timelineType, {
        deserializeWebviewPanel: async (panel) => {
          if (vscode.workspace.isTrusted) (await this.#load()).restoreTimeline(panel);
          else panel.dispose();
        },
      }),
    );
  }

  /** Handlers of all commands that need the engine. */
  get commands(): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
    return Object.fromEntries(
      stageCommands.map((name) => [name, async (...args: readonly unknown[]) => (await this.#load()).run(name, args)]),
    );
  }

  /** The language model tools for BMCs and the BuildStreaM API. */
  async tools(): Promise<StagesPart['tools']> {
    return (await this.#load()).tools;
  }

  /** Facts about a deploy that GitLab does not have. */
  async facts(): Promise<DeployFacts> {
    return (await this.#load()).facts;
  }

  async provideTasks(token: vscode.CancellationToken): Promise<vscode.Task[]> {
    if (!vscode.workspace.isTrusted) return [];
    return (await (await this.#load()).provideTasks(token)) ?? [];
  }

  async resolveTask(task: vscode.Task, token: vscode.CancellationToken): Promise<vscode.Task | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    return (await (await this.#load()).resolveTask(task, token)) ?? undefined;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #load(): Promise<StagesPart> {
    if (!vscode.workspace.isTrusted) {
      throw lacking(vscode.l10n.t('Stages run in a trusted workspace only.'), ways.trust());
    }
    this.#loading ??= this.#open();
    return this.#loading;
  }

  async #open(): Promise<StagesPart> {
    const { openStages } = await import('./stages.ts');
    // If the extension was deactivated in the meantime, the store disposes it immediately.
    return this.#store.add(openStages(this.#parts));
  }
}
