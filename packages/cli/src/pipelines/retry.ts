import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import type { UserError } from '@omnia-buildstream/core/errors/userError';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { judgeNewChild } from '@omnia-buildstream/gitlab/omnia/retryWays';
import {
  prepareNewChild,
  prepareRetry,
  prepareRetryOfJob,
  type PreparedAction,
} from '@omnia-buildstream/gitlab/omnia/prepared';
import { comesInTheWay } from '@omnia-buildstream/gitlab/omnia/touches';
import type { Moved, Written } from '@omnia-buildstream/gitlab/omnia/writes';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { cannotRun } from '../cannotRun.ts';
import type { ExitCode } from '../exitCodes.ts';
import { askAndSend } from './act.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { jobText } from './jobText.ts';
import { touchText } from './touchText.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { remarkLines, retryLines } from './remarks.ts';
import { treeFor } from './show.ts';
import { warningLines } from './warn.ts';

const refusals: Readonly<Record<RetryRefusal | Moved, string>> = {
  'plan-changed': 'its effect has changed since it was shown; review it again',
  'still-active': 'something in it is still running',
  'nothing-failed': 'nothing in it failed',
  'is-bridge':
    'it starts a child pipeline, and a retry would make a new one; retry the child pipeline instead, or make a new one with --new-child',
};

const nothing = 'Nothing was retried.';

/** `buildstream pipelines retry` */
export async function retry(context: ActionContext): Promise<ExitCode> {
  const tree = await treeFor(context);
  return context.options.job === undefined ? retryFailed(context, tree) : retryOne(context, tree, context.options.job);
}

/** The failed child, or the pipeline itself when it has none. */
async function retryFailed(context: ActionContext, tree: PipelineNode): Promise<ExitCode> {
  const { options } = context;
  if (options.newChild) return makeNewChild(context, tree);
  const { node, jobs } = retryablePart(tree);
  const prepared = await prepareRetry(omniaProject(context), tree, { node, jobs });
  const ways = await retryLines(context, tree, { childId: node.pipeline.id, isNewChild: false });
  const sent = await askAndSend(context, prepared, {
    act: 'retry',
    subject: `${jobs.map(({ name }) => name).join(', ')} in pipeline #${String(node.pipeline.id)}`,
    touches: comesInTheWay(prepared.touches),
    text: ways + retryText(tree, node, jobs) + (await nodesTouched(context, tree, prepared)),
    question: 'Retry it?',
    nothing,
    own: tree.pipeline.id,
  });
  return 'code' in sent ? sent.code : tellRetry(context, tree, { node, outcome: sent.end });
}

/** The deploying child pipeline once more, from its parent. */
async function makeNewChild(context: ActionContext, tree: PipelineNode): Promise<ExitCode> {
  const child = failedPipeline(tree);
  const childId = child.pipeline.id;
  const bridge = newChildOf(tree, child);
  const prepared = await prepareNewChild(omniaProject(context), tree, { childId, bridge });
  const ways = await retryLines(context, tree, { childId, isNewChild: true });
  const sent = await askAndSend(context, prepared, {
    act: 'new-child',
    subject: `${bridge.name} in pipeline #${String(tree.pipeline.id)}`,
    touches: comesInTheWay(prepared.touches),
    text: ways + newChildText(childId, bridge) + (await nodesTouched(context, tree, prepared)),
    question: 'Make it anew?',
    nothing,
    own: tree.pipeline.id,
  });
  return 'code' in sent ? sent.code : tellRetry(context, tree, { node: child, anew: bridge, outcome: sent.end });
}

/** The trigger job that creates a child anew. @throws UserError with the reason when it cannot be run again */
export function newChildOf(tree: PipelineNode, { pipeline: { id } }: PipelineNode): Bridge {
  const judgement = judgeNewChild(tree, id);
  if (judgement.allowed) return judgement.bridge;
  const why = refusals[judgement.reason];
  throw cannotRun('arguments', `Child pipeline #${String(id)} cannot be replaced by a new one: ${why}.`);
}

/** What creating a child anew does, as a line. */
export function newChildText(childId: number, { name }: Bridge): string {
  return `Makes a new child pipeline in place of #${String(childId)}: ${plainLine(name)} again.\n`;
}

/** What in a pipeline can be retried. @throws UserError with the reason when nothing can */
export function retryablePart(tree: PipelineNode): { readonly node: PipelineNode; readonly jobs: readonly Job[] } {
  const node = failedPipeline(tree);
  const judgement = judgeRetryPipeline(node);
  if (judgement.allowed) return { node, jobs: judgement.jobs };
  throw cannotRun(
    'arguments',
    `Pipeline #${String(node.pipeline.id)} cannot be retried: ${refusals[judgement.reason]}.`,
  );
}

/** What a retry runs, as a line. */
export function retryText(tree: PipelineNode, node: PipelineNode, jobs: readonly Job[]): string {
  const kind = node === tree ? 'pipeline' : 'child pipeline';
  const names = plainLine(jobs.map(({ name }) => name).join(', '));
  return `Retries ${kind} #${String(node.pipeline.id)}. Jobs to rerun: ${names}. Skipped jobs after them will run; successful jobs are not repeated.\n`;
}

interface Retried {
  readonly node: PipelineNode;
  /** The trigger job that creates it anew; undefined: its failed jobs run again. */
  readonly anew?: Bridge | undefined;
  readonly outcome: Written<Pipeline | Bridge, RetryRefusal | Moved>;
}

/** Says what is known about a retry that was sent once. @throws UserError */
export function tellRetry(
  { io }: ActionContext,
  tree: PipelineNode,
  { node, anew, outcome }: Retried,
): Promise<ExitCode> {
  const { id } = node.pipeline;
  if (outcome.kind === 'refused') throw refused(`Pipeline #${String(id)}`, outcome.reason);
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  const done = () =>
    anew === undefined ? `Pipeline #${String(id)} was retried` : `${anew.name} makes a new child pipeline: ${look}`;
  return tellOutcome<Pipeline | Bridge>(outcome, { done, look }, io);
}

export function refused(name: string, reason: RetryRefusal | Moved): UserError {
  return cannotRun('arguments', `${name} was not retried: ${refusals[reason]}.`);
}

function failedPipeline(tree: PipelineNode): PipelineNode {
  const action = nextAction(tree);
  const isRetry = action.kind === 'retry-downstream' || action.kind === 'retry-pipeline';
  const wanted = isRetry ? action.pipelineId : findDeployRun(tree)?.node.pipeline.id;
  return allPipelines(tree).find(({ pipeline }) => pipeline.id === wanted) ?? tree;
}

async function retryOne(context: ActionContext, tree: PipelineNode, name: string): Promise<ExitCode> {
  const { io } = context;
  const job = findJob(tree, name);
  const judgement = judgeRetryJob(job);
  if (!judgement.allowed || job.kind === 'bridge') {
    const reason = judgement.allowed ? 'is-bridge' : judgement.reason;
    throw cannotRun('arguments', `${job.name} cannot be retried: ${refusals[reason]}.`);
  }
  const prepared = await prepareRetryOfJob(omniaProject(context), tree, job);
  const { touches } = prepared;
  const restarts = touches.kind === 'restarts' && job.pipelineId !== undefined;
  const ways = restarts ? await retryLines(context, tree, { childId: job.pipelineId, isNewChild: false }) : '';
  const sent = await askAndSend(context, prepared, {
    act: 'retry-job',
    subject: `${job.name} #${String(job.id)} in pipeline #${String(tree.pipeline.id)}`,
    touches: comesInTheWay(touches),
    text: `${ways}Runs ${plainLine(job.name)} again.\n${await nodesTouched(context, tree, prepared)}`,
    question: `Retry ${job.name}?`,
    nothing,
    own: tree.pipeline.id,
  });
  if ('code' in sent) return sent.code;
  const { end: outcome } = sent;
  if (outcome.kind === 'refused') throw refused(job.name, outcome.reason);
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: ({ id }) => `${job.name} runs again as #${String(id)}`, look }, io);
}

/** Which nodes a retry boots and why, and what else to know. @throws UserError when something prevents it */
export async function nodesTouched(
  context: ActionContext,
  tree: PipelineNode,
  { touches, nodes, obstacles }: Pick<PreparedAction<unknown, unknown>, 'touches' | 'nodes' | 'obstacles'>,
): Promise<string> {
  refuseObstacles({ obstacles });
  const restarts = touches.kind === 'restarts';
  const plan = touchText(touches) + (await jobText(nodes, context));
  const known = await remarkLines(context, tree, touches);
  return plan + known + (await warningLines(context, tree, { withFailedNodes: restarts }));
}
