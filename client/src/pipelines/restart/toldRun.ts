import { oneLine } from '@omnia-buildstream/core/text/foreignText';
import type { RestartLog, ToldNode } from '@omnia-buildstream/gitlab/trace/restartLog';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { ElsewhereRun, LiveNode } from '../../nodes/liveNodes.ts';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { nodeName } from '../../nodes/nodeLook.ts';
import { waitingText } from '../../nodes/waitingText.ts';

/**
 * What the log of a restart says about the nodes of the project. Pure. Names in it that match none of them are ignored.
 */
export function toldRun(
  pipelineId: number,
  { nodes, stage }: Pick<RestartLog, 'nodes' | 'stage'>,
  known: readonly NodeInfo[],
): ElsewhereRun {
  const told = [...latestByNode(nodes.values(), known)];
  if (told.length === 0) {
    const state = stage === undefined ? vscode.l10n.t('running') : stage.state;
    const text = vscode.l10n.t('#{0} restart: {1}. Its log does not show single nodes.', pipelineId, state);
    return { nodes: new Map(), progress: text };
  }
  const over = told.filter(([, { phase }]) => phase === 'booted' || phase === 'failed');
  const failed = over.filter(([, { phase }]) => phase === 'failed').length;
  const count = vscode.l10n.t('#{0} restart: {1} of {2} nodes', pipelineId, over.length, told.length);
  const awaited = told.filter(([, { phase }]) => phase === 'awaited');
  const left = awaited.length > 0 ? awaited : told.filter(([, { phase }]) => phase === 'running');
  const parts = [
    count,
    failed === 0 ? '' : vscode.l10n.t('{0} failed', failed),
    waitingText(left.map(([node]) => nodeName(node))),
  ];
  return {
    nodes: new Map(told.map(([node, said]) => [node.bmcIp, liveOf(said)])),
    progress: parts.filter((part) => part !== '').join(', '),
  };
}

/** Nodes by the names that logs use: hostname, BMC address, or admin address. */
export function nodesByName(known: readonly NodeInfo[]): ReadonlyMap<string, NodeInfo> {
  return new Map(
    known.flatMap((node) =>
      [node.hostname, bmcAddress(node.bmcIp), node.adminIp ?? ''].flatMap((name) =>
        name === '' || node.bmcIp === '' ? [] : [[name, node] as const],
      ),
    ),
  );
}

/** A log may use several names for a node; its latest entry counts. */
function latestByNode(told: Iterable<ToldNode>, known: readonly NodeInfo[]): ReadonlyMap<NodeInfo, ToldNode> {
  const byName = nodesByName(known);
  const found = new Map<NodeInfo, ToldNode>();
  for (const one of [...told].sort((a, b) => a.order - b.order)) {
    const node = byName.get(one.name);
    if (node !== undefined) found.set(node, one);
  }
  return found;
}

function liveOf({ phase, said, atMs }: ToldNode): LiveNode {
  const text = oneLine(said);
  const since = atMs === undefined ? {} : { sinceMs: atMs };
  switch (phase) {
    case 'running':
      return { phase: 'running', word: text === '' ? vscode.l10n.t('running') : text, message: '', ...since };
    case 'awaited':
      return { phase: 'running', word: vscode.l10n.t('waiting for the node to report'), message: '', ...since };
    case 'booted':
      return { phase: 'booted', word: vscode.l10n.t('booted'), message: '', ...since };
    case 'failed':
      return { phase: 'failed', word: vscode.l10n.t('failed'), message: text, ...since };
  }
}
