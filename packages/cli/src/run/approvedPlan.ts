import { identityOf } from '@omnia-buildstream/runner/preparedStage';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { cannotRun } from '../cannotRun.ts';
import { bad } from '../optionValues.ts';

/** Of every stage: only look, and run nothing but the plan that was looked at. */
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

/** @throws UserError for a digest that is too short or none */
export function approvalOf(values: { readonly 'dry-run': boolean; readonly plan?: string | undefined }): Approval {
  const approved = values.plan?.toLowerCase();
  if (approved === undefined || /^[0-9a-f]{12,64}$/.test(approved)) return { dryRun: values['dry-run'], approved };
  throw bad(`--plan takes the digest that --dry-run shows, at least 12 of its digits, not "${values.plan ?? ''}".`);
}

type Planned = Pick<StagePlan, 'identity'>;

/** Of the plans of all stages that one command runs. */
function digestOf(plans: readonly Planned[]): string {
  const [first, ...more] = plans.map(({ identity }) => identity);
  return more.length === 0 && first !== undefined ? first : identityOf(plans.map(({ identity }) => identity));
}

/**
 * Where a command goes on after its plan was shown: a dry run ends here, with the digest of what was planned.
 * @returns text to show at the end of a dry run; undefined: the plan is to be run
 * @throws UserError when another plan was approved
 */
export function approvalEnd({ dryRun, approved }: Approval, plans: readonly Planned[]): string | undefined {
  const digest = digestOf(plans);
  if (dryRun) return `Digest of this plan: ${digest}\nWith --plan ${digest.slice(0, 16)} nothing else is run.\n`;
  if (approved === undefined || digest.startsWith(approved)) return undefined;
  const other = `This is another plan than the one with the digest ${approved}: its digest is ${digest.slice(0, 16)}.`;
  throw cannotRun('arguments', `${other} Nothing was touched. Review it with --dry-run.`);
}
