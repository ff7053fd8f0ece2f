import type { ToolAnswer } from '../answer.ts';
import { answer, refusal } from '../answer.ts';
import { optional, text } from '../arguments/field.ts';
import type { ArgumentsOf, Fields } from '../arguments/readArguments.ts';
import { writeTools } from '../table/writeTools.ts';
import { planLifetimeMs, Plans } from './plans.ts';
import type { PlannedWrite, Prepared, WriteName, WriteTools } from './plannedWrite.ts';
import { questionOf } from './question.ts';

/** The extra argument of every tool in this table. */
const plan = optional(
  text(
    'Token of the plan that this tool showed for the same arguments. Without it nothing is changed: a plan is shown.',
  ),
);

/** Fields of a tool, including the plan token. */
export function fieldsOf(name: WriteName): Fields {
  return { ...writeTools[name].fields, plan };
}

/** The result of a call. */
export type WriteStep =
  | { readonly kind: 'answer'; readonly answer: ToolAnswer }
  /** The client has to ask the person and send `round` back with the answer. */
  | { readonly kind: 'ask'; readonly question: string; readonly action: string; readonly round: string };

/** The person's answer, and the question that it belongs to. */
export interface Said {
  readonly round: string | undefined;
  readonly isYes: boolean;
}

interface World {
  /** Whether the user allows changes, read again for each call. */
  readonly mayWrite: () => Promise<boolean>;
  /** In ms, from a monotonic clock. */
  readonly now: () => number;
  /** Random, at least 128 bits. */
  readonly newToken: () => string;
}

const refusals = {
  off: 'Nothing was changed: the user has not allowed changes.',
  unknown: 'Nothing was changed: there is no such plan. Call the tool without a plan first.',
  expired: 'Nothing was changed: the plan has expired. Call the tool without a plan to see a new one.',
  other: 'Nothing was changed: this plan is for another tool or other arguments.',
  no: 'Nothing was changed: the user said no. Do not try again unless they ask for it.',
  'not-asked': 'Nothing was changed: the answer does not belong to the question that was asked.',
} as const;

/**
 * The steps of a change, whatever the protocol: a plan with a token, a question to a person, then exactly that plan.
 * Any other sequence is refused.
 */
export class Writing {
  readonly #tools: WriteTools;
  readonly #world: World;
  readonly #plans: Plans;

  constructor(tools: WriteTools, world: World) {
    this.#tools = tools;
    this.#world = world;
    this.#plans = new Plans(world.now, world.newToken);
  }

  /**
   * Handles one call of a tool.
   * @param given the arguments as read with `fieldsOf` the tool
   * @param said the user's answer, if they were asked for this call
   */
  async step(
    name: WriteName,
    { plan: token, ...given }: ArgumentsOf<Fields>,
    { said, signal }: { readonly said: Said | undefined; readonly signal: AbortSignal },
  ): Promise<WriteStep> {
    if (!(await this.#world.mayWrite())) return refused('off');
    if (typeof token !== 'string') return this.#plan(name, given, signal);
    const held = this.#plans.find(token, name, given);
    if (typeof held === 'string') return refused(held);
    if (said === undefined) {
      const round = this.#world.newToken();
      held.asked = round;
      const { planned } = held;
      return { kind: 'ask', question: questionOf(planned), action: planned.action, round };
    }
    if (held.asked === undefined || said.round !== held.asked) return refused('not-asked');
    // Dropped before anything else is awaited, so that no two calls carry out the same plan.
    this.#plans.drop(token);
    if (!said.isYes) return refused('no');
    return { kind: 'answer', answer: await held.planned.run(signal) };
  }

  async #plan(name: WriteName, given: ArgumentsOf<Fields>, signal: AbortSignal): Promise<WriteStep> {
    const prepare = this.#tools[name] as (given: ArgumentsOf<Fields>, signal: AbortSignal) => Promise<Prepared>;
    const prepared = await prepare(given, signal);
    if ('ended' in prepared) return { kind: 'answer', answer: prepared.ended };
    const token = this.#plans.keep(name, given, prepared.planned);
    return { kind: 'answer', answer: shown(prepared.planned, token) };
  }
}

function shown({ action, nodes, text: plannedText, from }: PlannedWrite, token: string): ToolAnswer {
  const count = nodes.length === 1 ? '1 node is touched' : `${String(nodes.length)} nodes are touched`;
  const minutes = String(planLifetimeMs / 60_000);
  const how =
    `${action}: this is the plan, and nothing was changed. ${count}. To carry out exactly this, call the tool with the ` +
    `same arguments and plan "${token}" within ${minutes} minutes; the user is asked then.`;
  return answer({ own: how }, { foreign: plannedText, from });
}

function refused(why: keyof typeof refusals): WriteStep {
  return { kind: 'answer', answer: refusal(refusals[why]) };
}
