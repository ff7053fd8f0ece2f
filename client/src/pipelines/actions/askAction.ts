import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { planOf } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { decide, type Look } from '../../decision/decide.ts';
import { planLook } from '../../decision/planLook.ts';
import { askNow, checkFirst, reachLines } from '../../stages/facts/reach.ts';
import type { OpenProject } from '../project/projectSession.ts';
import type { ActionContext } from './actionContext.ts';
import { remarkLines } from './remarkLines.ts';
import { standingLines, touchLines } from './touchLines.ts';
import { warningLines } from './warningLines.ts';

interface Asked {
  readonly question: string;
  /** What is special about it, short enough for a screen. */
  readonly touches: readonly Paragraph[];
  /** What the plan tells besides. */
  readonly further?: readonly Paragraph[];
  readonly plan?: Pick<StagePlan, 'nodes' | 'restart'>;
  /** It boots nodes now, so that it makes sense to ask their BMCs first. */
  readonly bootsNow?: boolean;
  /** Buttons that act. */
  readonly ways: readonly string[];
}

/** Asks before anything is sent to GitLab. Resolves to the button that was pressed; undefined for a no. */
export async function ask(
  { facts, showPage }: Pick<ActionContext, 'facts' | 'showPage'>,
  open: OpenProject,
  { question, touches, further = [], plan = { nodes: [], restart: undefined }, bootsNow = false, ways }: Asked,
): Promise<string | undefined> {
  const where = vscode.l10n.t('Project {0} on {1}', open.project.path, new URL(open.origin).host);
  const targets = bootsNow ? plan.nodes.map(({ target }) => target) : [];
  const known = targets.length === 0 ? undefined : await facts();
  const reach = (): string[] => (known === undefined ? [] : reachLines(known, targets));
  const looks: Look[] = [];
  if (plan.nodes.length > 0 || further.length > 0) {
    const told = (): Paragraph[] => [...touches, ...further, ...reach(), where];
    looks.push(planLook(showPage, { question, told, ...plan }));
  }
  if (known !== undefined) {
    const check = async (): Promise<'again'> => {
      await askNow(known, targets);
      return 'again';
    };
    looks.push({ button: checkFirst(), look: check });
  }
  return decide({ question, detail: () => [...touches, ...reach(), where], looks, ways });
}

export interface AskedAction {
  readonly question: string;
  /** Undefined: the pipeline does not exist yet. */
  readonly tree: PipelineNode | undefined;
  readonly touches: Touches;
  /** What there is to know about this way of doing it. */
  readonly lead: readonly Paragraph[];
  readonly ways: readonly string[];
}

/** The one question before jobs of a pipeline are run or tried again: what they touch, what to know, what Omnia does not tell. */
export async function askAction(
  context: ActionContext,
  open: OpenProject,
  { question, tree, touches, lead, ways }: AskedAction,
): Promise<string | undefined> {
  const plan = planOf(touches);
  const lines = [
    ...lead,
    ...touchLines(touches),
    ...(await remarkLines(open, tree, touches)),
    ...(await warningLines(open, context.model, tree, { withFailedNodes: touches.kind === 'restarts' })),
  ];
  const further = standingLines(touches);
  return ask(context, open, { question, touches: lines, further, plan, bootsNow: plan.nodes.length > 0, ways });
}
