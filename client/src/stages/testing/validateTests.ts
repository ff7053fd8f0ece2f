import * as vscode from 'vscode';
import type { StagesPart } from '../stagesPart.ts';

/** The stage validate in the view Testing, as far as it is needed at the start. Owned by who made it. */
export function validateController(load: () => Promise<StagesPart>): vscode.TestController {
  const controller = vscode.tests.createTestController('buildstream.validate', 'BuildStreaM validate');
  const list = async (isAsked: boolean): Promise<void> => (await load()).listTests(isAsked);
  controller.refreshHandler = () => list(true);
  // Undefined: somebody has opened the view.
  controller.resolveHandler = (item) => (item === undefined && vscode.workspace.isTrusted ? list(false) : undefined);
  controller.createRunProfile(
    vscode.l10n.t('Validate'),
    vscode.TestRunProfileKind.Run,
    async (request, token) => (await load()).runTests(request, token),
    true,
  );
  return controller;
}
