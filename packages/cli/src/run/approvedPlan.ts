import { identityOf } from '@omnia-buildstream/runner/preparedStage';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { cannotRun } from '../cannotRun.ts';
import { bad } from '../optionValues.ts';

/** For every stage: only look, or run nothing but the plan that was looked at. */
export const approvalOptions = { 'dry-run': { type: 'boolean', default: false }, plan: { type: 'string' } } as const;

/** What was asked for with these options. */
export interface Approval {
  readonly dryRun: boolean;
  /** The digest of the plan that was approved, or its beginning; undefined: any plan. */
  readonly approved: string | undefined;
}

export const approvalHelp = `  --dry-run           show the plan and its digest, and touch nothing
  --plan DIGEST       run this plan only: refused when what is planned now has another digest
`;

/** @throws UserError for a digest that is too short or invalid */
export function approvalOf(values: { readonly 'dry-run': boolean; readonly plan?: string | undefined }): Approval {
  const approved = values.plan?.toLowerCase();
  if (approved === undefined || /^[0-9a-f]{12,64}$/.test(approved)) return { dryRun: values['dry-run'], approved };
  throw bad(`--plan takes the digest that --dry-run shows, at least 12 of its digits, not "${values.plan ?? ''}".`);
}

interface Touched {
  readonly target: Pick<Target, 'hostname' | 'bmcIp'>;
}

interface Planned extends Pick<StagePlan, 'identity' | 'nodes'> {
  /** Those that are confirmed separately. */
  readonly control?: { readonly nodes: readonly Touched[] } | undefined;
}

/** What can be approved: the plan of all stages that one command runs. */
export interface ShownPlan {
  readonly digest: string;
  /** Those that are touched, each once, and those that are marked as booted. */
  readonly nodes: readonly Pick<Target, 'hostname' | 'bmcIp'>[];
  /** Of them, control nodes and protected nodes of a restart from here: --yes does not cover them. */
  readonly control: ShownPlan['nodes'];
}

/** Of the plans of all stages that one command runs. */
function digestOf(plans: readonly Pick<StagePlan, 'identity'>[]): string {
  const [first, ...more] = plans.map(({ identity }) => identity);
  return more.length === 0 && first !== undefined ? first : identityOf(plans.map(({ identity }) => identity));
}

/**
 * How a command continues once its plan was shown, also to listeners: a dry run ends here, with the digest of the plan.
 * @param marked nodes that are marked as booted, which touches none of them
 * @returns text to show at the end of a dry run; undefined: the plan is to be run
 * @throws UserError when another plan was approved
 */
export function approvalEnd(
  { dryRun, approved }: Approval,
  plans: readonly Planned[],
  { onPlan }: { readonly onPlan?: ((plan: ShownPlan) => void) | undefined },
  marked: ShownPlan['nodes'] = [],
): string | undefined {
  const digest = digestOf(plans);
  const control = nodesOf(plans.map(({ control: of }) => of ?? { nodes: [] }));
  onPlan?.({ digest, nodes: nodesOf(plans, marked), control });
  // Listeners have the digest, and nobody reads it in their words.
  if (dryRun && onPlan !== undefined) return '';
  if (dryRun) return `Digest of this plan: ${digest}\nWith --plan ${digest.slice(0, 16)} nothing else is run.\n`;
  if (approved === undefined || digest.startsWith(approved)) return undefined;
  const other = `This is another plan than the one with the digest ${approved}: its digest is ${digest.slice(0, 16)}.`;
  throw cannotRun('arguments', `${other} Nothing was touched. Review it with --dry-run.`);
}

/** Two stages may touch the same node, and one that is marked is left out of the retry after it. */
function nodesOf(
  plans: readonly { readonly nodes: readonly Touched[] }[],
  marked: ShownPlan['nodes'] = [],
): ShownPlan['nodes'] {
  const all = [...marked, ...plans.flatMap(({ nodes }) => nodes.map(({ target }) => target))];
  const byName = new Map(all.map(({ hostname, bmcIp }) => [JSON.stringify([hostname, bmcIp]), { hostname, bmcIp }]));
  return [...byName.values()];
}
