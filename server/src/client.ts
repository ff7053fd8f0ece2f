import type { Say } from '@omnia-buildstream/core/text/message';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import type { InitializeParams } from 'vscode-languageserver';
import { isObject } from './settings.ts';

/** What the editor says about itself when it starts the server. */
export interface Client {
  readonly say: Say;
  /** URIs of the workspace folders at startup. */
  readonly folders: readonly string[];
  readonly canConfigure: boolean;
  readonly canRegisterConfiguration: boolean;
  readonly canWatch: boolean;
  readonly canTellFolders: boolean;
  readonly canVersionEdits: boolean;
  /** The editor requests the edits of a code action when the user chooses it. */
  readonly canResolveActions: boolean;
  readonly canRefreshInlays: boolean;
  readonly canRefreshLenses: boolean;
  readonly canSnippets: boolean;
  readonly canShowDocuments: boolean;
  /** The editor checks JSON against our schema itself. */
  readonly builtInJson: boolean;
  /** Prefix for the names of rule pages. Undefined if no page can be opened. */
  readonly rulePages: string | undefined;
  /**
   * The editor knows `protocol.ts` and carries out its commands. For other editors the server does, as far as it can.
   */
  readonly speaksBuildstream: boolean;
}

export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument } = params.capabilities;
  const action = textDocument?.codeAction;
  const options: unknown = params.initializationOptions;
  const bundle = isObject(options) ? options['l10nBundle'] : undefined;
  return {
    say: sayFrom(isObject(bundle) ? bundle : {}),
    folders: params.workspaceFolders?.map(({ uri }) => uri) ?? rootOf(params),
    canConfigure: workspace?.configuration === true,
    canRegisterConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    canWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    canTellFolders: workspace?.workspaceFolders === true,
    canVersionEdits: workspace?.workspaceEdit?.documentChanges === true,
    canResolveActions: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    canRefreshInlays: workspace?.inlayHint?.refreshSupport === true,
    canRefreshLenses: workspace?.codeLens?.refreshSupport === true,
    canShowDocuments: params.capabilities.window?.showDocument?.support === true,
    canSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    builtInJson: isObject(options) && options['builtInJson'] === true,
    rulePages: isObject(options) && typeof options['rulePages'] === 'string' ? options['rulePages'] : undefined,
    speaksBuildstream: isObject(options) && options['speaksBuildstream'] === true,
  };
}

function rootOf(params: InitializeParams): string[] {
  // Editors that predate workspace folders still send it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { rootUri } = params;
  return rootUri === null ? [] : [rootUri];
}

function sayFrom(bundle: Readonly<Record<string, unknown>>): Say {
  const translate = (template: string): string => {
    const entry = bundle[template];
    const text = isObject(entry) ? entry['message'] : entry;
    return typeof text === 'string' ? text : template;
  };
  return (template, params) => renderMessage(template, params, translate);
}
