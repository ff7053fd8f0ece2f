import * as vscode from 'vscode';
import type { StagesPart } from '../stagesPart.ts';

/** The part of the validate stage that the Testing view needs on startup. The caller disposes it. */
export function validateController(load: () => Promise<StagesPart>): vscode.TestController {
  const controller = vscode.tests.createTestController('buildstream.validate', 'BuildStreaM validate');
  const list = async (isAsked: boolean): Promise<void> => (await load()).listTests(isAsked);
  controller.refreshHandler = () => list(true);
  // VS Code passes undefined when the user opens the view.
  controller.resolveHandler = (item) => (item === undefined && vscode.workspace.isTrusted ? list(false) : undefined);
  controller.createRunProfile(
    vscode.l10n.t('Validate'),
    vscode.TestRunProfileKind.Run,
    async (request, token) => (await load()).runTests(request, token),
    true,
  );
  return controller;
}
