import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { NodeMark } from '../pages/fleetMap/marks.ts';
import type { LiveNodes } from './liveNodes.ts';
import { nodeContext, nodeDescription, nodeName } from './nodeLook.ts';
import { ageText } from '../platform/ageText.ts';
import { clock } from '../platform/clock.ts';
import { commentWord, stateWord } from './nodeWords.ts';

/** What is shown and spoken of a node, by the Nodes view and the fleet map alike. */
export interface NodeFace {
  readonly name: string;
  readonly mark: NodeMark;
  /** Beside the name. */
  readonly description: string;
  /** For screen readers, the name included. */
  readonly spoken: string;
  /** Words for `when` clauses in package.json. */
  readonly context: string;
}

export function nodeFace(node: NodeInfo, live: Pick<LiveNodes, 'verdictOf'>): NodeFace {
  const { run: now, power: told, validation = '' } = live.verdictOf(node);
  const name = nodeName(node);
  const state = now?.word ?? stateWord(node.state);
  const message = now === undefined ? (node.causeTitle ?? node.message ?? '') : now.message;
  const age = now === undefined ? bootedText(node) : '';
  const power = powerText(told);
  const comment = commentWord(node);
  const facts = [state, comment, message, power, validation, age];
  return {
    name,
    mark: now?.phase ?? node.state,
    description: nodeDescription(facts),
    spoken: [name, ...facts, node.role].filter((part) => part !== '').join(', '),
    context: nodeContext(node),
  };
}

/** When it was booted; empty when nothing tells. */
function bootedText({ bootedAt }: NodeInfo): string {
  const ms = bootedAt === undefined ? Number.NaN : Date.parse(bootedAt);
  return Number.isNaN(ms) ? '' : ageText(clock.now() - ms);
}

/** Empty when nobody has asked the BMC. */
function powerText(power: string | undefined): string {
  return power === undefined ? '' : vscode.l10n.t('power: {0}', power);
}
