import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import path from 'node:path';
import * as vscode from 'vscode';
import { asNode } from '../../platform/asNode.ts';

interface Parts {
  readonly context: Pick<
    vscode.ExtensionContext,
    'asAbsolutePath' | 'environmentVariableCollection' | 'globalStorageUri'
  >;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Adds `buildstream` to the integrated terminal: this extension's command line, run by VS Code's own executable. */
export async function offerInTerminal({ context, log }: Parts): Promise<void> {
  try {
    await offer(context);
  } catch (error) {
    log.warn(`The terminal has no command buildstream: ${String(error)}`);
  }
}

async function offer(context: Parts['context']): Promise<void> {
  const folder = path.join(context.globalStorageUri.fsPath, 'bin');
  const own = new OwnFolder(folder, nodeFiles);
  await own.make();
  const cli = context.asAbsolutePath('dist/cli.js');
  const [[name, value]] = Object.entries(asNode) as [[string, string]];
  if (process.platform === 'win32') {
    const text = `@echo off\r\nsetlocal\r\nset ${name}=${value}\r\n"${process.execPath}" "${cli}" %*\r\n`;
    await keep(own, 'buildstream.cmd', text);
  } else {
    const text = `#!/bin/sh\n${name}=${value} exec ${quoted(process.execPath)} ${quoted(cli)} "$@"\n`;
    await keep(own, 'buildstream', text, 0o755);
  }
  const { environmentVariableCollection: variables } = context;
  variables.description = vscode.l10n.t('The command `buildstream`');
  variables.prepend('PATH', `${folder}${path.delimiter}`);
}

/** Writes a file only if it differs, because every window does this and the content rarely changes. */
async function keep(own: OwnFolder, name: string, text: string, mode?: number): Promise<void> {
  if ((await own.read(name)) !== text) await own.replace(new Map([[name, text]]), mode);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
