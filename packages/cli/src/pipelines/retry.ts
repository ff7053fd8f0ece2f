import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { retryJob, retryPipeline } from '@omnia-buildstream/gitlab/api/writes';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { findDeployRun, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { failedNodesOf, nodeLines } from './nodes.ts';
import { tellOutcome } from './outcome.ts';
import { treeFor } from './show.ts';
import { failedNodesFacts, warningLines } from './warn.ts';

const refusals: Readonly<Record<RetryRefusal, string>> = {
  'still-active': 'something in it still runs',
  'nothing-failed': 'nothing in it failed',
  'is-bridge': 'it starts a child pipeline, and a retry would make a new one; retry the child pipeline instead',
};

/** `buildstream pipelines retry` */
export async function retry(context: ActionContext): Promise<ExitCode> {
  const tree = await treeFor(context);
  return context.options.job === undefined ? retryFailed(context, tree) : retryOne(context, tree, context.options.job);
}

/** The failed child, or the pipeline itself when it has none. */
async function retryFailed(context: ActionContext, tree: PipelineNode): Promise<ExitCode> {
  const { options, io } = context;
  const { node, jobs } = retryablePart(tree);
  await io.stderr.write(retryText(tree, node, jobs) + (await nodesTouched(context, tree, jobs)));
  if (!(await confirm('Retry it?', options.yes, io))) return nothing(context);
  return sendRetry(context, tree, node);
}

/** What in a pipeline can be retried. @throws CannotRun with the reason when nothing can */
export function retryablePart(tree: PipelineNode): { readonly node: PipelineNode; readonly jobs: readonly Job[] } {
  const node = failedPipeline(tree);
  const judgement = judgeRetryPipeline(node);
  if (judgement.allowed) return { node, jobs: judgement.jobs };
  throw new CannotRun(
    'arguments',
    `Pipeline #${String(node.pipeline.id)} cannot be retried: ${refusals[judgement.reason]}.`,
  );
}

/** What a retry runs, as a line. */
export function retryText(tree: PipelineNode, node: PipelineNode, jobs: readonly Job[]): string {
  const kind = node === tree ? 'pipeline' : 'child pipeline';
  const names = plainLine(jobs.map(({ name }) => name).join(', '));
  return `Retries ${kind} #${String(node.pipeline.id)}: ${names} again, then what was skipped. What succeeded is not repeated.\n`;
}

/** Sends the retry once and tells what is known afterwards. @throws GitLabError */
export async function sendRetry(
  { client, project, io, call }: ActionContext,
  tree: PipelineNode,
  node: PipelineNode,
): Promise<ExitCode> {
  const target = { projectId: project.id, pipelineId: node.pipeline.id };
  const outcome = await retryPipeline(client, target, { writing: call, reading: call });
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: () => `Pipeline #${String(node.pipeline.id)} was retried`, look }, io);
}

function failedPipeline(tree: PipelineNode): PipelineNode {
  const action = nextAction(tree);
  const isRetry = action.kind === 'retry-downstream' || action.kind === 'retry-pipeline';
  const wanted = isRetry ? action.pipelineId : findDeployRun(tree)?.node.pipeline.id;
  return allPipelines(tree).find(({ pipeline }) => pipeline.id === wanted) ?? tree;
}

async function retryOne(context: ActionContext, tree: PipelineNode, name: string): Promise<ExitCode> {
  const { client, project, options, io, call } = context;
  const job = findJob(tree, name);
  const judgement = judgeRetryJob(job);
  if (!judgement.allowed || job.kind === 'bridge') {
    const reason = judgement.allowed ? 'is-bridge' : judgement.reason;
    throw new CannotRun('arguments', `${job.name} cannot be retried: ${refusals[reason]}.`);
  }
  await io.stderr.write(`Runs ${job.name} again.\n${await nodesTouched(context, tree, [job])}`);
  if (!(await confirm(`Retry ${job.name}?`, options.yes, io))) return nothing(context);
  const outcome = await retryJob(client, { projectId: project.id, job }, { writing: call, reading: call });
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: ({ id }) => `${job.name} runs again as #${String(id)}`, look }, io);
}

async function nothing({ io }: ActionContext): Promise<ExitCode> {
  await io.stderr.write('Nothing was retried.\n');
  return exitCodes.ok;
}

/** Which nodes a retry of the restart stage boots, as far as failed_nodes.json tells. */
async function nodesTouched(
  context: ActionContext,
  tree: PipelineNode,
  jobs: readonly { readonly stage: string }[],
): Promise<string> {
  if (!jobs.some(({ stage }) => stage === stageNames.restart)) return warningLines(context, tree);
  const file = await failedNodesOf(context);
  if (file === undefined) return `failed_nodes.json is missing or broken.\n${await warningLines(context, tree)}`;
  const marked = file.entries.filter(({ status }) => status === 'success');
  const tried = file.entries.filter(({ status }) => status !== 'success');
  const facts = await failedNodesFacts(context, tree, file);
  return (
    `To be restarted by PXE: ${String(tried.length)} of failed_nodes.json, and nodes that never booted.\n${nodeLines(tried)}` +
    (marked.length === 0 ? '' : `Left alone, marked as booted: ${String(marked.length)}\n${nodeLines(marked)}`) +
    (await warningLines(context, tree, facts))
  );
}
