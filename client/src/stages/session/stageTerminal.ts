import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { errorText, errorWords } from '../../errors/errorWords.ts';
import { messageOf } from '../../errors/messageOf.ts';
import type { StageContext } from '../stageContext.ts';
import { exitCodes } from '../exitCodes.ts';
import { runStage } from './stageSession.ts';
import type { StopSwitch } from './stopSwitch.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { painted, terminalLines } from './terminalText.ts';
import { window } from '../../platform/window.ts';

const ctrlC = '\u0003';

/** The terminal of a task. Shows the stage while it runs. Ctrl-C is the stop switch; closing it stops immediately. */
export class StageTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  /** Exit code. Undefined if the user declined, which is not a failure; tasks that depend on this one do not start. */
  readonly #closed = new vscode.EventEmitter<number | undefined>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;
  readonly #context: StageContext;
  readonly #request: StageRequest;
  #stop: StopSwitch | undefined;

  constructor(context: StageContext, request: StageRequest) {
    this.#context = context;
    this.#request = request;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#stop?.pressAtOnce();
  }

  handleInput(data: string): void {
    if (data === ctrlC) this.#stop?.press();
  }

  async #run(): Promise<void> {
    const write = (...lines: readonly string[]): void => {
      this.#written.fire(terminalLines(lines));
    };
    let code: number | undefined = exitCodes.cannotRun;
    try {
      code = await runStage(this.#context, this.#request, {
        write,
        onStop: (stop) => {
          this.#stop = stop;
        },
      });
    } catch (error) {
      if (errorWords(error) !== 'silent') this.#fail(error, write);
      else {
        if (error instanceof DeclinedError) write(error.said);
        code = undefined;
      }
    }
    this.#stop = undefined;
    this.#closed.fire(code);
  }

  #fail(error: unknown, write: (line: string) => void): void {
    const text = errorText(error);
    const message = text ?? messageOf(error);
    if (text === undefined) this.#context.log.error(error instanceof Error ? error : message);
    else this.#context.log.warn(text);
    write(painted('red', message));
    void window.showWarningMessage(message);
  }
}
