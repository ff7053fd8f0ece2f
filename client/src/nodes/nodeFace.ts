import type { FactOf } from '@omnia-buildstream/core/nodes/nodeFacts';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { NodeMark } from '../pages/fleetMap/marks.ts';
import type { LiveNodes } from './liveNodes.ts';
import { nodeContext, nodeDescription, nodeName } from './nodeLook.ts';
import { ageText, lastingText } from '../platform/ageText.ts';
import { clock } from '../platform/clock.ts';
import { commentWord, stateWord } from './nodeWords.ts';

/** How the Nodes view and the fleet map show a node and describe it to screen readers. */
export interface NodeFace {
  readonly name: string;
  readonly mark: NodeMark;
  /** Shown beside the name. */
  readonly description: string;
  /** For screen readers, including the name. */
  readonly spoken: string;
  /** Words for `when` clauses in package.json. */
  readonly context: string;
}

export function nodeFace(node: NodeInfo, live: Pick<LiveNodes, 'verdictOf'>): NodeFace {
  const { run: now, power: told, validation = '' } = live.verdictOf(node);
  const name = nodeName(node);
  const state = now?.word ?? stateWord(node.state);
  const message = now === undefined ? (node.causeTitle ?? node.message ?? '') : now.message;
  const age = now === undefined ? ageSince(Date.parse(node.since ?? '')) : lasting(now);
  const facts = [message, age, commentWord(node), powerText(told), validation];
  const mark = now?.phase ?? node.state;
  // The message and the icon already show that the node failed.
  const isSaid = mark === 'failed' && message !== '';
  return {
    name,
    mark,
    description: nodeDescription(isSaid ? facts : [state, ...facts]),
    spoken: [name, state, ...facts, node.role].filter((part) => part !== '').join(', '),
    context: nodeContext(node),
  };
}

/** Empty if the time is unknown. */
function ageSince(ms: number): string {
  return Number.isNaN(ms) ? '' : ageText(clock.now() - ms);
}

/** How long the node has been at its current step. Empty unless a step is running. */
function lasting({ phase, sinceMs }: FactOf<'run'>): string {
  return phase !== 'running' || sinceMs === undefined ? '' : lastingText(clock.now() - sinceMs);
}

/** Empty if the BMC has not been asked. */
function powerText(power: string | undefined): string {
  return power === undefined ? '' : vscode.l10n.t('power: {0}', power);
}
