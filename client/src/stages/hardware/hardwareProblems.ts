import { compareHardware, type HardwareFinding, type HardwareFix } from '@omnia-buildstream/core/hardware/compare';
import type { Seen } from '@omnia-buildstream/core/hardware/seen';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { languageId } from '../../language/mappingFiles.ts';
import { toRange, toTextEdit } from '../../language/places.ts';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { say } from '../../platform/say.ts';

/** What BMCs reported about the rows of one file. */
interface Known {
  readonly version: OmniaVersion;
  readonly seen: ReadonlyMap<string, Seen>;
}

const levels: Readonly<Record<HardwareFinding['level'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/**
 * Shows differences between mapping files and their machines as problems with fixes. Until the file is closed, the data
 * from the BMCs is kept and compared again on every change, so that the problem of a corrected row disappears.
 */
export class HardwareProblems implements vscode.CodeActionProvider {
  readonly #store = new DisposableStore();
  readonly #problems = this.#store.add(vscode.languages.createDiagnosticCollection('buildstream-hardware'));
  readonly #known = new Map<string, Known>();

  constructor() {
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#store.add(vscode.languages.registerCodeActionsProvider({ language: languageId }, this, kinds));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#compare(document);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#known.delete(uri.toString());
        this.#problems.delete(uri);
      }),
    );
  }

  /** Compares a file with new data from BMCs and shows the differences. */
  set(document: vscode.TextDocument, known: Known): readonly HardwareFinding[] {
    this.#known.set(document.uri.toString(), known);
    return this.#compare(document);
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.#findingsIn(document)
      .filter((finding) => toRange(finding.range).intersection(range) !== undefined)
      .flatMap((finding) => finding.fixes.map((fix) => actionOf(document.uri, finding, fix)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #compare(document: vscode.TextDocument): readonly HardwareFinding[] {
    if (!this.#known.has(document.uri.toString())) return [];
    const findings = this.#findingsIn(document);
    this.#problems.set(document.uri, findings.map(problemOf));
    return findings;
  }

  #findingsIn(document: vscode.TextDocument): readonly HardwareFinding[] {
    const known = this.#known.get(document.uri.toString());
    return known === undefined ? [] : compareHardware(document.getText(), known.version, known.seen);
  }
}

function problemOf({ range, message, level, code }: HardwareFinding): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(toRange(range), wordsOf(message, say), levels[level]);
  problem.source = 'BuildStreaM hardware';
  problem.code = code;
  return problem;
}

function actionOf(uri: vscode.Uri, finding: HardwareFinding, { title, edits }: HardwareFix): vscode.CodeAction {
  const action = new vscode.CodeAction(wordsOf(title, say), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(uri, edits.map(toTextEdit));
  action.diagnostics = [problemOf(finding)];
  return action;
}
