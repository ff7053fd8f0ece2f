import * as vscode from 'vscode';
import { hasApi } from '../oim/apiConfiguration.ts';
import type { StageContext } from './stageContext.ts';
import { stageOf, stageTable } from './stageTable.ts';
import { exitCodes } from './exitCodes.ts';
import { StageTerminal } from './session/stageTerminal.ts';
import { taskType } from './stagesPart.ts';
import { readTaskDefinition, taskDefinitionOf, type StageRequest } from './taskDefinition.ts';
import { painted, terminalLines } from './session/terminalText.ts';

const problemMatcher = '$buildstream';

/** The tasks that are offered without a tasks.json: each stage on the whole plan. */
export function offeredTasks(context: StageContext): vscode.Task[] {
  const whole = { imageGroup: undefined, names: [], failed: false, checks: [], mapping: undefined };
  const usual = stageTable.direct.stages.map(({ name }) =>
    taskOf(context, { ...whole, stage: name, backend: undefined }),
  );
  if (!hasApi()) return usual;
  return [
    ...usual,
    ...stageTable.oim.stages.map(({ name, backend }) => taskOf(context, { ...whole, stage: name, backend })),
  ];
}

/** The task that runs a request. */
export function taskOf(context: StageContext, request: StageRequest): vscode.Task {
  const definition = { type: taskType, ...taskDefinitionOf(request) };
  const title = stageOf(request.stage, request.backend ?? 'direct')?.fullTitle() ?? request.stage;
  const name = request.failed ? vscode.l10n.t('{0}: failed nodes', title) : title;
  const execution = new vscode.CustomExecution(() => Promise.resolve(new StageTerminal(context, request)));
  return made(definition, vscode.TaskScope.Workspace, name, execution);
}

/** A task of tasks.json with its execution. VS Code requires the definition to be exactly as written there. */
export function resolvedTask(context: StageContext, { definition, scope, name }: vscode.Task): vscode.Task {
  const request = readTaskDefinition(definition);
  const execution = new vscode.CustomExecution(() => {
    if (!('key' in request)) return Promise.resolve(new StageTerminal(context, request));
    const message = vscode.l10n.t('The task "{0}" cannot be read: correct "{1}" in tasks.json.', name, request.key);
    return Promise.resolve(refusingTerminal(message));
  });
  return made(definition, scope ?? vscode.TaskScope.Workspace, name, execution);
}

/** A terminal that only shows why nothing is run. */
function refusingTerminal(message: string): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open() {
      written.fire(terminalLines([painted('red', message)]));
      closed.fire(exitCodes.cannotRun);
    },
    close() {
      written.dispose();
    },
  };
}

function made(
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  name: string,
  execution: vscode.CustomExecution,
): vscode.Task {
  const where = scope === vscode.TaskScope.Global ? vscode.TaskScope.Workspace : scope;
  const task = new vscode.Task(definition, where, name, 'buildstream', execution, problemMatcher);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
  return task;
}
