import type { RestartDecision } from '../plan/decideRestart.ts';
import type { PlannedNode } from '../plan/plan.ts';
import type { Template } from '../text/message.ts';

/**
 * What is known about a node: the same facts that the plan uses.
 * - `booted`: the stage engine's state says so. `ok`: concluded, as no entry of the last run names it.
 * - `failed`: an entry that is not `success`. `marked`: the operator set `success`.
 * - `new`: no run knew its row. `not-booted`: a run knew it, and did not boot it.
 * - `not-in-mapping`: only a list of failed nodes has it. `unknown`: nothing is known here.
 */
export type NodeState = 'booted' | 'ok' | 'new' | 'not-booted' | 'failed' | 'marked' | 'not-in-mapping' | 'unknown';

/** By urgency. */
export const nodeStates: readonly NodeState[] = [
  'failed',
  'marked',
  'not-in-mapping',
  'not-booted',
  'new',
  'booted',
  'ok',
  'unknown',
];

export const nodeStateTexts: Readonly<Record<NodeState, Template>> = {
  booted: 'booted by the last run from here',
  ok: 'no failure reported in the last run',
  new: 'new: its row is not committed yet',
  'not-booted': 'not booted yet',
  failed: 'failed in the last run',
  marked: 'marked as successful by hand',
  'not-in-mapping': 'not in the mapping file',
  unknown: 'possibly booted already (unknown here)',
};

const ofReason: Readonly<Record<PlannedNode['reason'], NodeState>> = {
  new: 'new',
  failed: 'failed',
  'other-status': 'failed',
  'not-booted': 'not-booted',
  'another-image-group': 'not-booted',
  'not-known': 'unknown',
  booted: 'ok',
  marked: 'marked',
  'not-in-mapping': 'not-in-mapping',
  'no-bmc-ip': 'unknown',
  'duplicate-bmc-ip': 'unknown',
  'pxe-boot-off': 'unknown',
  'not-restarted': 'unknown',
};

/** The state of a node from what the plan decided about it: code that shows nodes decides nothing anew. */
export function stateOfPlanned({ reason }: Pick<PlannedNode, 'reason'>, { basis }: Basis): NodeState {
  return reason === 'booted' && basis === 'state' ? 'booted' : ofReason[reason];
}

type Basis = Pick<Extract<RestartDecision, { basis: unknown }>, 'basis'>;
