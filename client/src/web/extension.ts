/**
 * The extension for a browser without an extension host on a machine (vscode.dev, GitLab's Web IDE): the language
 * features only. It contacts nothing.
 */
import type {
  BuiltInJsonNotification,
  InitializationOptions,
  ReadFileRequest,
} from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';
import { followBuiltInJson, isBuiltInJsonActive } from '../language/builtInJson.ts';
import { serverSelector } from '../language/mappingFiles.ts';
import { readFileText } from '../language/readFileText.ts';
import { PlanPage } from './planPage.ts';

const builtInJson: BuiltInJsonNotification['method'] = 'buildstream/builtInJson';
const readFile: ReadFileRequest['method'] = 'buildstream/readFile';

let stopServer: (() => Promise<void>) | undefined;

/** Called by VS Code when one of our files is opened. */
export async function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): Promise<void> {
  const page = new PlanPage();
  const worker = new Worker(vscode.Uri.joinPath(extensionUri, 'server.js').toString(true));
  const client = new LanguageClient('buildstream', 'Omnia BuildStreaM', worker, options(page));
  client.onRequest(readFile, ({ uri }: ReadFileRequest['params']) => readFileText(vscode.Uri.parse(uri)));
  subscriptions.push(
    page,
    // VS Code may start or stop checking JSON itself.
    followBuiltInJson((active) => void client.sendNotification(builtInJson, { active })),
  );
  stopServer = () => client.dispose();
  await client.start();
}

/** Called by VS Code on shutdown; resolves once the language server has stopped. */
export async function deactivate(): Promise<void> {
  await stopServer?.();
}

function options(page: PlanPage): LanguageClientOptions {
  return {
    // Each filter has a scheme and either a language or a pattern; the types of the two libraries differ in spelling.
    documentSelector: [...serverSelector()] as { scheme: string; pattern: string }[],
    initializationOptions: (): InitializationOptions => ({
      l10nBundle: vscode.l10n.bundle ?? {},
      builtInJson: isBuiltInJsonActive(),
    }),
    middleware: {
      async executeCommand(command, args, next) {
        const result: unknown = await next(command, args.length > 0 ? args : asked(command));
        if (command === showPlan) await page.show(result);
        return result;
      },
    },
  };
}

const showPlan = 'buildstream.showPlan';

/** From the palette, the plan is that of the active file. */
function asked(command: string): unknown[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return command === showPlan && uri !== undefined ? [uri.toString()] : [];
}
