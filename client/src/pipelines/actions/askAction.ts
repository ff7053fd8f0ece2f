import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { fits } from '@omnia-buildstream/core/text/fitting';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { planOf } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import { comesInTheWay, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { askerLines } from '../../decision/asker.ts';
import { decide, type Look } from '../../decision/decide.ts';
import { jobLines } from './jobLines.ts';
import { planLook } from '../../decision/planLook.ts';
import { askNow, checkFirst, reachLines } from '../../stages/facts/reach.ts';
import type { OpenProject } from '../project/projectSession.ts';
import type { ActionContext } from './actionContext.ts';
import { remarkLines } from './remarkLines.ts';
import { othersLines, type Disturbing } from './othersLines.ts';
import { standingLines, touchLines, unknownToOmnia } from './touchLines.ts';
import { warningLines } from './warningLines.ts';

interface Asked {
  readonly question: string;
  /** What is special about this action, short enough for one screen. */
  readonly touches: readonly Paragraph[];
  /** What the plan adds to it. */
  readonly further?: readonly Paragraph[];
  readonly plan?: Pick<StagePlan, 'nodes' | 'restart'>;
  /** Whether it boots nodes now, so that it makes sense to ask their BMCs first. */
  readonly bootsNow?: boolean;
  /** Buttons that carry out the action. */
  readonly ways: readonly string[];
  /** Set if the action interferes with others, which are then looked for. Undefined if it interferes with nobody. */
  readonly disturbs?: Disturbing | undefined;
}

/** The question as last shown, and the button that was pressed. */
export interface Agreed {
  readonly question: string;
  readonly lines: readonly Paragraph[];
  readonly answer: string;
}

/**
 * Asks before anything is sent to GitLab.
 * @returns undefined if the user declines
 * @throws UserError if others are at work
 */
export async function ask(
  context: Pick<ActionContext, 'facts' | 'showPage' | 'asker'>,
  open: OpenProject,
  {
    question,
    touches: special,
    further = [],
    plan = { nodes: [], restart: undefined },
    bootsNow = false,
    ways,
    disturbs,
  }: Asked,
): Promise<Agreed | undefined> {
  const { facts, showPage, asker = 'person' } = context;
  const touches = [...askerLines(asker, plan.nodes), ...special];
  const others = disturbs === undefined ? [] : await othersLines(context, open, plan, disturbs);
  const where = vscode.l10n.t('Project {0} on {1}', open.project.path, new URL(open.origin).host);
  const targets = bootsNow ? plan.nodes.map(({ target }) => target) : [];
  const known = targets.length === 0 ? undefined : await facts();
  const reach = (): string[] => (known === undefined ? [] : reachLines(known, targets));
  const looks: Look[] = [];
  const detail = (): Paragraph[] => [...touches, [...reach(), ...others, where]];
  if (plan.nodes.length > 0 || further.length > 0 || !fits(detail())) {
    const told = (): Paragraph[] => [...touches, ...further, ...reach(), ...others, where];
    looks.push(planLook(showPage, { question, told, ...plan }));
  }
  if (known !== undefined) {
    const check = async (): Promise<'again'> => {
      await askNow(known, targets);
      return 'again';
    };
    looks.push({ button: checkFirst(), look: check });
  }
  const answer = await decide({ question, detail, looks, ways });
  if (answer === undefined || !ways.includes(answer)) return undefined;
  return { question, lines: [...touches, ...further, ...reach(), ...others, where], answer };
}

export interface AskedAction {
  readonly question: string;
  /** Undefined if the pipeline does not exist yet. */
  readonly tree: PipelineNode | undefined;
  readonly touches: Touches;
  /** What exactly is done, and what a user who has another version of a file in mind should know first. */
  readonly lead: readonly Paragraph[];
  /** Further facts about this way of doing it. */
  readonly about?: readonly Paragraph[];
  readonly ways: readonly string[];
  /** Whether it changes files that Omnia uses, regardless of what it touches. */
  readonly commits?: boolean;
}

/**
 * The one question before jobs of a pipeline run or are retried: what they touch, what to know, and what Omnia does not
 * report.
 */
export async function askAction(
  context: ActionContext,
  open: OpenProject,
  { question, tree, touches, lead, about = [], ways, commits = false }: AskedAction,
): Promise<Agreed | undefined> {
  const plan = planOf(touches);
  const [counts = [], ...more] = touchLines(touches);
  const jobs = await jobLines(context, plan);
  // First the facts of today, the gravest first, then those true of every run. Where space runs out, lines from the end
  // are left to the plan.
  const lines = [counts, ...lead, ...more, jobs]
    .concat(await warningLines(open, context.model, tree, { withFailedNodes: touches.kind === 'restarts' }))
    .concat(await remarkLines(open, tree, touches), about, unknownToOmnia(touches))
    .filter(({ length }) => length > 0);
  const further = standingLines(touches);
  const disturbs = commits || comesInTheWay(touches) ? { own: tree?.pipeline.id } : undefined;
  const bootsNow = plan.nodes.length > 0;
  return ask(context, open, { question, touches: lines, further, plan, bootsNow, ways, disturbs });
}
