import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { mcpServers } from './mcpServers.ts';
import type { ToolsPart, ToolsParts } from './toolsPart.ts';

/** Prefix of the tools in package.json; the rest is their name in the table. */
const prefix = 'buildstream_';
const mcpProvider = 'buildstream';
const section = 'buildstream.languageModels';

/** Where the tools are offered: in one place only, so that no model sees each tool twice. */
type Offered = 'chat' | 'mcp' | 'off';

/**
 * The part of the tools for language models that VS Code needs at startup: their names, and who offers them. The code
 * that carries them out is a bundle of its own, loaded with the first call.
 */
export class ToolsFeature {
  readonly #store = new DisposableStore();
  readonly #parts: ToolsParts;
  readonly #names: readonly string[];
  readonly #commandLine: string;
  #registered: DisposableStore | undefined;
  #loading: Promise<ToolsPart> | undefined;

  /**
   * @param extension package.json as VS Code has read it, which names the tools
   * @param commandLine path of the file of our command line
   */
  constructor(extension: unknown, commandLine: string, parts: ToolsParts) {
    this.#parts = parts;
    this.#commandLine = commandLine;
    this.#names = namesIn(extension);
    this.#follow();
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#follow();
      }),
    );
    this.#store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#follow();
      }),
    );
  }

  dispose(): void {
    this.#registered?.dispose();
    this.#store.dispose();
  }

  #follow(): void {
    this.#registered?.dispose();
    const registered = new DisposableStore();
    this.#registered = registered;
    const way = offered();
    if (way === 'chat') {
      for (const name of this.#names) {
        registered.add(
          vscode.lm.registerTool(name, { invoke: ({ input }, token) => this.#invoke(name, input, token) }),
        );
      }
    } else if (way === 'mcp' && vscode.workspace.isTrusted) {
      const provideMcpServerDefinitions = () => mcpServers(this.#commandLine);
      const changed = registered.add(new vscode.EventEmitter<void>());
      registered.add(
        vscode.workspace.onDidChangeWorkspaceFolders(() => {
          changed.fire();
        }),
      );
      const provider = { onDidChangeMcpServerDefinitions: changed.event, provideMcpServerDefinitions };
      registered.add(vscode.lm.registerMcpServerDefinitionProvider(mcpProvider, provider));
    }
  }

  async #invoke(
    name: string,
    given: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    if (!vscode.workspace.isTrusted) {
      throw lacking(vscode.l10n.t('The tools work in a trusted workspace only.'), ways.trust());
    }
    this.#loading ??= this.#open();
    const part = await this.#loading;
    const canceled = new AbortController();
    const listening = token.onCancellationRequested(() => {
      canceled.abort(new vscode.CancellationError());
    });
    try {
      const blocks = await part.invoke(name.slice(prefix.length), given, canceled.signal);
      return new vscode.LanguageModelToolResult(blocks.map((text) => new vscode.LanguageModelTextPart(text)));
    } finally {
      listening.dispose();
    }
  }

  async #open(): Promise<ToolsPart> {
    const { openTools } = await import('./tools.ts');
    return openTools(this.#parts);
  }
}

function offered(): Offered {
  return vscode.workspace.getConfiguration().get<Offered>(section, 'chat');
}

function namesIn(extension: unknown): string[] {
  const { contributes } = extension as {
    readonly contributes?: { readonly languageModelTools?: readonly { readonly name: string }[] };
  };
  return (contributes?.languageModelTools ?? []).map(({ name }) => name);
}
