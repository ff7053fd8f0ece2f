import { refused } from '@omnia-buildstream/core/errors/userError';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { noMappingFile } from '../errors/lacking.ts';
import type { NodeTreeElement } from './nodeTree.ts';
import type { NodesSource } from './nodesSource.ts';

/** Nodes that were selected outside of the tree, for the same commands. */
export interface NodeSelection {
  readonly kind: 'selection';
  readonly nodes: readonly NodeInfo[];
}

/** The nodes that a command from the view's menus applies to, each once. Undefined if it was not called from there. */
export function nodesFromMenu(args: readonly unknown[]): readonly NodeInfo[] | undefined {
  const [clicked, selected] = args;
  if (!isElement(clicked)) return undefined;
  const elements = Array.isArray(selected) ? selected.filter(isElement) : [];
  const nodes = (elements.length > 0 ? elements : [clicked]).flatMap((element) =>
    element.kind === 'node' ? element.node : element.nodes,
  );
  // A branch may be selected together with some of its nodes.
  return [...new Set(nodes)];
}

/** All nodes, refreshed, for a command that has to ask the user which ones to use. */
export async function currentNodes(source: NodesSource): Promise<readonly NodeInfo[]> {
  const list = await source.refresh();
  if (list === null) throw noMappingFile();
  return list.nodes;
}

/** The failed_nodes.json that commands without an argument apply to. @throws UserError if there is none */
export async function currentFailedUri(source: NodesSource): Promise<string> {
  const uri = (await source.refresh())?.failedUri ?? undefined;
  if (uri === undefined) {
    throw refused(vscode.l10n.t('There is no failed_nodes.json here: no run has failed.'));
  }
  return uri;
}

function isElement(value: unknown): value is NodeTreeElement | NodeSelection {
  return typeof value === 'object' && value !== null && 'kind' in value && ('node' in value || 'nodes' in value);
}
