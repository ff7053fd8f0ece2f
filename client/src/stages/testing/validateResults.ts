import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import { isBeforeRestart } from '@omnia-buildstream/core/testReport/beforeRestart';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import type { LiveNodes } from '../../nodes/liveNodes.ts';
import { window } from '../../platform/window.ts';
import type { NodePlaces } from '../nodePlaces.ts';
import { say } from '../../platform/say.ts';
import { TestTree, type TestSubject } from './testTree.ts';
import { validationText } from './validationText.ts';

/** Shows results of the validate stage in the Testing view, and per node in the Nodes view. */
export class ValidateResults {
  readonly tree: TestTree;
  readonly #controller: vscode.TestController;
  readonly #live: LiveNodes;
  #places: NodePlaces | undefined;
  #request: vscode.TestRunRequest | undefined;
  #run: vscode.TestRun | undefined;
  #cases: TestCase[] = [];
  /** Attempt of this run's report. Undefined if it has no report, so that no other window could show its results. */
  #attempt: number | undefined;

  constructor(controller: vscode.TestController, live: LiveNodes) {
    this.#controller = controller;
    this.#live = live;
    this.tree = new TestTree(controller);
  }

  /** Makes the next run answer this request of the Testing view. Undefined to stop expecting one. */
  expect(request: vscode.TestRunRequest | undefined): void {
    this.#request = request;
  }

  /** Begins a run. `cancelled` is called if the user cancels it in the view. */
  begin(checks: readonly TestSubject[], places: NodePlaces, cancelled: () => void): void {
    this.#places = places;
    this.#cases = [];
    this.#attempt = undefined;
    const run = this.#controller.createTestRun(this.#request ?? new vscode.TestRunRequest());
    this.#request = undefined;
    this.#run = run;
    run.token.onCancellationRequested(cancelled);
    for (const check of checks) run.started(this.tree.itemOf(check, places));
  }

  show(event: StageEvent): void {
    const [run, places] = [this.#run, this.#places];
    if (run === undefined || places === undefined) return;
    if (event.type === 'check-finished') {
      const test = { ...event, message: wordsOf(event.said, say) };
      this.#cases.push(test);
      this.#tell(run, test, places);
    } else if (event.type === 'stage-note') run.appendOutput(`${plainLine(wordsOf(event.said, say))}\r\n`);
    else if (event.type === 'stage-finished' && 'reportPath' in event) {
      this.#attempt = attemptIn(event.reportPath ?? '');
      run.appendOutput(`${vscode.l10n.t('Detailed report: {0}', event.reportPath ?? '')}\r\n`);
    }
  }

  /** Ends the run, whatever its outcome. */
  end(): void {
    this.#run?.end();
    this.#run = undefined;
    const [places, attempt] = [this.#places, this.#attempt];
    if (places !== undefined && attempt !== undefined) this.#tellNodes(this.#cases, attempt, places);
  }

  /**
   * Shows the existing tests and the results of an earlier report. Resolves to false if the file is not a report.
   * @param earlier the report's path, and when nodes were last restarted from this computer
   */
  async load(
    checks: readonly TestSubject[],
    places: NodePlaces,
    { report, restartedAt }: { readonly report: string | undefined; readonly restartedAt: string | undefined },
  ): Promise<boolean> {
    this.tree.clear();
    for (const check of checks) this.tree.itemOf(check, places);
    if (report === undefined) return true;
    const found = readTestReport(parsed(await readRegularFile(report, 'utf8')));
    if (found === undefined) return false;
    const name = vscode.l10n.t('validate, attempt {0}', found.attempt);
    const run = this.#controller.createTestRun(new vscode.TestRunRequest(), name);
    for (const test of found.tests) this.#tell(run, test, places);
    run.appendOutput(`${vscode.l10n.t('Detailed report: {0}', report)}\r\n`);
    run.end();
    if (isBeforeRestart(found, restartedAt)) {
      void window.showWarningMessage(
        vscode.l10n.t(
          'These test results are older than the last restart ({0}) and say nothing about it.',
          restartedAt ?? '',
        ),
      );
      return true;
    }
    this.#tellNodes(found.tests, found.attempt, places);
    return true;
  }

  #tell(run: vscode.TestRun, test: TestCase, places: NodePlaces): void {
    const { outcome, durationMs } = test;
    const item = this.tree.itemOf({ ...test, title: plainLine(say(test.title)) }, places);
    switch (outcome) {
      case 'passed':
        run.passed(item, durationMs);
        break;
      case 'failed':
        run.failed(item, messageOf(test, item), durationMs);
        break;
      case 'error':
        run.errored(item, messageOf(test, item), durationMs);
        break;
      case 'skipped':
        run.skipped(item);
        break;
    }
  }

  #tellNodes(cases: readonly TestCase[], attempt: number, places: NodePlaces): void {
    const byNode = new Map<string, TestCase[]>();
    for (const test of cases) byNode.set(test.hostname, [...(byNode.get(test.hostname) ?? []), test]);
    for (const [hostname, tests] of byNode) {
      const bmcIp = places.ofHost(hostname)?.bmcIp;
      if (bmcIp === undefined) continue;
      this.#live.tell(bmcIp, { source: 'validation', attempt, text: validationText(tests) });
    }
  }
}

/** The attempt in the path of a report, whose folder is numbered. Undefined if it has none. */
function attemptIn(reportPath: string): number | undefined {
  const [, digits] = /attempt_(\d+)[/\\][^/\\]*$/.exec(reportPath) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function messageOf({ message, advice }: TestCase, { uri, range }: vscode.TestItem): vscode.TestMessage {
  const text = new vscode.TestMessage(
    [say(message), say(advice)]
      .filter((part) => part !== '')
      .map(plainLine)
      .join('\n'),
  );
  if (uri !== undefined && range !== undefined) text.location = new vscode.Location(uri, range);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
