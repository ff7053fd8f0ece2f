import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { LanguageServer } from './languageServer.ts';
import { mappingSelector } from './mappingFiles.ts';
import type { MappingStatuses } from './mappingStatuses.ts';
import { describeLimits } from './limits.ts';
import { versionLabel, versionReason } from './versionNames.ts';

/**
 * The entries behind the `{}` in the status bar: the Omnia version that the file is checked for, and what was left out.
 */
export class StatusItems {
  readonly #store = new DisposableStore();
  readonly #server: LanguageServer;
  readonly #statuses: MappingStatuses;
  readonly #version: vscode.LanguageStatusItem;
  #limits: vscode.LanguageStatusItem | undefined;

  constructor(server: LanguageServer, statuses: MappingStatuses) {
    this.#server = server;
    this.#statuses = statuses;
    this.#version = this.#store.add(
      vscode.languages.createLanguageStatusItem('buildstream.version', mappingSelector()),
    );
    this.#version.name = vscode.l10n.t('Omnia Version');
    const update = (): void => {
      this.#update();
    };
    this.#store.add(server.onDidChangeState(update));
    this.#store.add(statuses.onDidChange(update));
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream.mapping.filePatterns')) this.#version.selector = mappingSelector();
      }),
    );
    update();
  }

  dispose(): void {
    this.#limits?.dispose();
    this.#store.dispose();
  }

  #update(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (this.#server.state === 'stopped') this.#showStopped();
    else this.#showVersion(uri);
    this.#showLimits(uri);
  }

  #showStopped(): void {
    const title = vscode.l10n.t('Restart');
    this.#version.busy = false;
    this.#version.severity = vscode.LanguageStatusSeverity.Error;
    this.#version.text = vscode.l10n.t('Language server stopped');
    this.#version.detail = vscode.l10n.t('mapping files are not checked');
    this.#version.command = { command: 'buildstream.restartLanguageServer', title };
  }

  #showVersion(uri: vscode.Uri | undefined): void {
    const status = uri && this.#statuses.get(uri);
    this.#version.severity = vscode.LanguageStatusSeverity.Information;
    this.#version.busy = this.#server.state === 'starting' || (uri !== undefined && this.#statuses.isPending(uri));
    this.#version.text = status === undefined ? 'Omnia' : versionLabel(status.version);
    this.#version.detail = status === undefined ? vscode.l10n.t('checking …') : versionReason(status);
    this.#version.command = {
      command: 'buildstream.selectOmniaVersion',
      title: vscode.l10n.t('Select Version'),
      tooltip: vscode.l10n.t('Select the Omnia version that mapping files are checked for'),
    };
  }

  #showLimits(uri: vscode.Uri | undefined): void {
    const status = uri && this.#statuses.get(uri);
    const limits = status && describeLimits(status);
    if (limits === undefined) {
      this.#limits?.dispose();
      this.#limits = undefined;
      return;
    }
    this.#limits ??= vscode.languages.createLanguageStatusItem('buildstream.limits', mappingSelector());
    this.#limits.name = vscode.l10n.t('Omnia Checks');
    this.#limits.severity = limits.isCapped
      ? vscode.LanguageStatusSeverity.Warning
      : vscode.LanguageStatusSeverity.Information;
    this.#limits.text = limits.text;
    this.#limits.detail = limits.detail;
    if (limits.hasSkipped) {
      this.#limits.command = { command: 'buildstream.showSkippedChecks', title: vscode.l10n.t('Show') };
    }
  }
}
