import type { StateFileProblem } from '../failedNodes/types.ts';
import { planTexts } from './planTexts.ts';
import type { Template } from '../text/message.ts';
import type { Say } from '../text/message.ts';

/** Why there is no plan: the stage would fail on a file, or a state that was given cannot be used. */
export type PlanProblem =
  | { readonly kind: 'failed-not-json' | 'state-not-json'; readonly reason: string }
  /** Omnia's parser fails on the first bytes. */
  | { readonly kind: 'failed-bytes'; readonly bytes: 'byte-order-mark' | 'utf-16' }
  /** A merge left both sides; line from 0. */
  | { readonly kind: 'failed-conflict'; readonly line: number }
  | { readonly kind: 'failed' | 'state'; readonly problem: StateFileProblem };

export const planProblemMessages = {
  notJson: 'it is not JSON ({reason})',
  'byte-order-mark': 'it begins with a byte order mark',
  'utf-16': 'it is UTF-16, not UTF-8',
  conflict: 'a merge left a conflict in line {number}',
  'not-an-object': 'it is not a JSON object',
  'no-list': 'its list of nodes is not a list',
  'entry-not-an-object': 'entry {number} is not an object',
  'entry-without-bmc-ip': 'entry {number} has no bmc_ip',
  'entry-without-status': 'entry {number} has no status',
  state: 'restart_state.json cannot be used: {problems}.',
} as const satisfies Readonly<
  Record<StateFileProblem['reason'] | 'notJson' | 'state' | 'byte-order-mark' | 'utf-16' | 'conflict', Template>
>;

export function problemsOf(kind: 'failed' | 'state', problems: readonly StateFileProblem[]): PlanProblem[] {
  return problems.map((problem) => ({ kind, problem }));
}

/** One sentence about all problems. */
export function sayProblems(problems: readonly PlanProblem[], say: Say): string {
  const isState = problems.some(({ kind }) => kind.startsWith('state'));
  const params = { problems: problems.map((problem) => sayProblem(problem, say)).join('; ') };
  return say(isState ? planProblemMessages.state : planTexts.broken, params);
}

function sayProblem(problem: PlanProblem, say: Say): string {
  if ('reason' in problem) return say(planProblemMessages.notJson, { reason: problem.reason });
  if ('bytes' in problem) return say(planProblemMessages[problem.bytes]);
  if ('line' in problem) return say(planProblemMessages.conflict, { number: problem.line + 1 });
  const { problem: found } = problem;
  return say(planProblemMessages[found.reason], 'index' in found ? { number: found.index + 1 } : {});
}
