import type * as vscode from 'vscode';

type Message = vscode.TestMessage | readonly vscode.TestMessage[];

/** Records what a controller's runs report to the Testing view, until `restore`. */
export class RecordedTests {
  /** The result of each test with its message, by test ID. */
  readonly results = new Map<string, string>();
  /** The output of the runs. */
  output = '';
  readonly #controller: vscode.TestController;
  readonly #original: vscode.TestController['createTestRun'];

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
    this.#original = controller.createTestRun.bind(controller);
    controller.createTestRun = (...args) => this.#recorded(this.#original(...args));
  }

  restore(): void {
    this.#controller.createTestRun = this.#original;
  }

  #recorded(run: vscode.TestRun): vscode.TestRun {
    const note = (item: vscode.TestItem, word: string, message: Message): void => {
      this.results.set(item.id, `${word}: ${[message].flat().map(textOf).join('\n')}`);
    };
    return {
      ...run,
      passed: (item, durationMs) => {
        this.results.set(item.id, 'passed');
        run.passed(item, durationMs);
      },
      failed: (item, message, durationMs) => {
        note(item, 'failed', message);
        run.failed(item, message, durationMs);
      },
      errored: (item, message, durationMs) => {
        note(item, 'error', message);
        run.errored(item, message, durationMs);
      },
      appendOutput: (text, ...place) => {
        this.output += text;
        run.appendOutput(text, ...place);
      },
    };
  }
}

function textOf({ message }: vscode.TestMessage): string {
  return typeof message === 'string' ? message : message.value;
}
