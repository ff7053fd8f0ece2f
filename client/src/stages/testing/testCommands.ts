import { refused } from '@omnia-buildstream/core/errors/userError';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { restartedHere } from '@omnia-buildstream/runner/oim/bootedHere';
import { checksOf } from '@omnia-buildstream/engine/validate/checksOf';
import * as vscode from 'vscode';
import { engineSettings } from '../settings/engineConfiguration.ts';
import { lastImageGroup, listedImageGroups } from '../imageGroup.ts';
import { newestReport } from './newestReport.ts';
import { NodePlaces } from '../nodePlaces.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';
import { restartStage } from '../direct/restartStage.ts';
import { validateStage } from '../direct/validateStage.ts';
import { checkSettings } from '../direct/validateRequest.ts';

/** Runs the tests that a request of the Testing view selects, as a task that lists them and asks for confirmation. */
export async function runTests(
  context: StageContext,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const checks = context.results.tree.idsOf(request);
  if (request.include !== undefined && checks.length === 0) return;
  const about = {
    stage: 'validate',
    backend: 'direct',
    imageGroup: undefined,
    names: [],
    failed: false,
    mapping: undefined,
  } as const;
  context.results.expect(request);
  try {
    await runToEnd(() => context.start({ ...about, checks }), token);
  } finally {
    context.results.expect(undefined);
  }
}

/** Resolves once the task has ended. Listens before it starts, because a task that is refused ends immediately. */
async function runToEnd(start: () => Thenable<vscode.TaskExecution>, token: vscode.CancellationToken): Promise<void> {
  const listeners: vscode.Disposable[] = [];
  try {
    const starting = start();
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidEndTask(async (event) => {
        if (event.execution === (await starting)) resolve();
      });
      listeners.push(listener);
    });
    const execution = await starting;
    listeners.push(
      token.onCancellationRequested(() => {
        execution.terminate();
      }),
    );
    await ended;
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

/** Lists the tests for the mapping file, with the results of the newest report. */
export async function listTests({ nodes, state, results, running }: StageContext): Promise<void> {
  // A run in progress already shows its tests.
  if (running.current !== undefined) return;
  const file = await requestFile(undefined, nodes);
  const settings = await engineSettings(file.uri);
  const { project, version } = projectOf(file);
  const rows = targetsOf(file.text, version);
  const groups = await listedImageGroups(settings, project);
  const checks = checksOf(rows, checkSettings({ groups, settings, imageGroup: lastImageGroup(state) }));
  const report = await newestReport(validateStage.stateFolder({ project, settings }));
  const restartedAt = await restartedHere({ project, place: restartStage.stateFolder({ project, settings }) });
  if (!(await results.load(checks, new NodePlaces(file.uri.fsPath, rows), { report, restartedAt }))) {
    throw refused(vscode.l10n.t('{0} is not a test report.', report ?? ''));
  }
}
