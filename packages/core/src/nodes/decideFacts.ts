import type { DecidedRestart } from '../plan/decideRestart.ts';
import { decideRestart, type RestartDecision } from '../plan/decideRestart.ts';
import type { PlannedNode } from '../plan/plan.ts';
import { laterList } from '../plan/laterList.ts';
import { decideProject } from './decideProject.ts';
import type { FactOf, NodeFact } from './nodeFacts.ts';
import { latest, only } from './factOf.ts';
import { stateOfPlanned, type NodeState } from './nodeState.ts';

export interface NodeDecision extends Pick<DecidedRestart, 'basis'> {
  readonly planned: PlannedNode;
}

/** What to show for a node, and what the next restart does with it. */
export interface NodeVerdict {
  /** Undefined without a row, and where a list would fail the stage. */
  readonly decision: NodeDecision | undefined;
  readonly state: NodeState;
  /** A run in progress takes precedence over the state, until it is over. */
  readonly run: FactOf<'run'> | undefined;
  /** Attributes: none of them says how a restart ended. */
  readonly validation: string | undefined;
  readonly image: string | undefined;
  readonly power: string | undefined;
}

/** The only place that decides what is known about a node, from all facts in any order. */
export function decideFacts(facts: readonly NodeFact[]): NodeVerdict {
  const decision = restartOf(facts);
  const run = latest(facts, 'run', (fact) => fact.run);
  return {
    decision,
    state: decision === undefined ? untold(facts) : stateOfPlanned(decision.planned, decision),
    run: run?.isOver === false ? run : undefined,
    validation: latest(facts, 'validation', ({ attempt }) => attempt)?.text,
    image: latest(facts, 'image', ({ at }) => at)?.text,
    power: latest(facts, 'power', ({ at }) => at)?.text,
  };
}

/** By the same functions as the plan of the whole project. */
function restartOf(facts: readonly NodeFact[]): NodeDecision | undefined {
  const mapping = only(facts, 'mapping');
  if (mapping === undefined) return undefined;
  const { rows, version, isCommitted } = mapping;
  const list = only(facts, 'failed-nodes')?.list ?? { kind: 'missing' };
  const about = {
    rows,
    version,
    imageGroup: '',
    list: laterList(list, only(facts, 'failed-nodes-told')?.told, undefined),
    committed: isCommitted === undefined ? undefined : isCommitted ? rows : [],
  };
  const oim = only(facts, 'state-oim');
  const hasRestarted = only(facts, 'job')?.hasRestarted;
  if (oim === undefined && hasRestarted !== false) {
    return nodeOf(decideProject({ ...about, engine: only(facts, 'state-here')?.side }));
  }
  const ofOim = oim === undefined ? {} : { state: oim.state, list: ownList(oim) };
  return nodeOf(decideRestart({ ...about, ...ofOim, hasRestarted }));
}

function ownList({ failedNodes }: FactOf<'state-oim'>) {
  return { kind: 'own', nodes: failedNodes } as const;
}

function nodeOf(decision: RestartDecision): NodeDecision | undefined {
  const planned = decision.plan?.nodes[0];
  return planned === undefined || decision.plan === undefined ? undefined : { planned, basis: decision.basis };
}

/** Without a plan: as somebody else decided, else what the entries of the list say on their own. */
function untold(facts: readonly NodeFact[]): NodeState {
  const decided = only(facts, 'decided');
  if (decided !== undefined) return decided.state;
  const list = only(facts, 'failed-nodes')?.list;
  const entries = list?.kind === 'own' ? list.nodes.entries : [];
  if (entries.length === 0) return 'unknown';
  return entries.some(({ status }) => status === 'success') ? 'marked' : 'failed';
}
