import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { identityOf } from '@omnia-buildstream/runner/preparedStage';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { approvalEnd, type ShownPlan } from '../run/approvedPlan.ts';
import type { ActionContext } from './context.ts';

/** What is about to be sent to GitLab, as it was shown. */
interface Asked {
  readonly question: string;
  /** Said after a no. */
  readonly nothing: string;
  /** What is sent, and its effect. */
  readonly plan: Pick<StagePlan, 'identity'> & Partial<Pick<StagePlan, 'nodes'>>;
  /** Nodes that are marked as booted. */
  readonly marked?: ShownPlan['nodes'] | undefined;
}

/**
 * The one question of every write to GitLab. Resolves to undefined when it is to be sent; otherwise nothing was sent
 * and the command ends with this code: a dry run, or a no. @throws UserError when another plan was approved, or nobody
 * can be asked
 */
export async function agree(
  { options, io, project }: Pick<ActionContext, 'options' | 'io' | 'project'>,
  { question, nothing, plan, marked }: Asked,
): Promise<ExitCode | undefined> {
  const identity = identityOf(['gitlab', project.path, plan.identity]);
  const end = approvalEnd(options.approval, [{ identity, nodes: plan.nodes ?? [] }], io, marked);
  if (end !== undefined) {
    await io.stderr.write(end);
    return exitCodes.ok;
  }
  if (await confirm(question, options.yes, io)) return undefined;
  await io.stderr.write(`${nothing}\n`);
  return exitCodes.ok;
}
