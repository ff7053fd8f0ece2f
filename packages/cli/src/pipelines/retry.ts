import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { retryJob, retryPipeline } from '@omnia-buildstream/gitlab/api/writes';
import { findDeployRun, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes } from '../io.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { failedNodesOf, nodeLines } from './nodes.ts';
import { tellOutcome } from './outcome.ts';
import { runJobIdOf } from './runJobId.ts';
import { treeFor } from './show.ts';
import { warningLines } from './warn.ts';

const refusals: Readonly<Record<RetryRefusal, string>> = {
  'still-active': 'something in it still runs',
  'nothing-failed': 'nothing in it failed',
  'is-bridge': 'it starts a child pipeline, and a retry would make a new one; retry the child pipeline instead',
};

/** `buildstream pipelines retry` */
export async function retry(context: ActionContext): Promise<number> {
  const tree = await treeFor(context);
  return context.options.job === undefined ? retryFailed(context, tree) : retryOne(context, tree, context.options.job);
}

/** The failed child, or the pipeline itself when it has none. */
async function retryFailed(context: ActionContext, tree: PipelineNode): Promise<number> {
  const { client, project, options, io, call } = context;
  const node = failedPipeline(tree);
  const judgement = judgeRetryPipeline(node);
  const id = String(node.pipeline.id);
  if (!judgement.allowed) {
    throw new CannotRun('arguments', `Pipeline #${id} cannot be retried: ${refusals[judgement.reason]}.`);
  }
  const names = judgement.jobs.map(({ name }) => name).join(', ');
  const kind = node === tree ? 'pipeline' : 'child pipeline';
  await io.stderr.write(
    `Retries ${kind} #${id}: ${names} again, then what was skipped. What succeeded is not repeated.\n` +
      (await nodesTouched(context, tree, judgement.jobs)),
  );
  if (!(await confirm('Retry it?', options.yes, io))) return nothing(context);
  const target = { projectId: project.id, pipelineId: node.pipeline.id };
  const outcome = await retryPipeline(client, target, { writing: call, reading: call });
  const look = `buildstream pipelines show ${String(tree.pipeline.id)}`;
  return tellOutcome(outcome, { done: () => `Pipeline #${id} was retried`, look }, io);
}

function failedPipeline(tree: PipelineNode): PipelineNode {
  const action = nextAction(tree);
  const isRetry = action.kind === 'retry-downstream' || action.kind === 'retry-pipeline';
  const wanted = isRetry ? action.pipelineId : findDeployRun(tree)?.node.pipeline.id;
  return allPipelines(tree).find(({ pipeline }) => pipeline.id === wanted) ?? tree;
}

async function retryOne(context: ActionContext, tree: PipelineNode, name: string): Promise<number> {
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

async function nothing({ io }: ActionContext): Promise<number> {
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
  const writtenMs = file.timestamp === undefined ? undefined : Date.parse(file.timestamp);
  const facts = {
    jobId: file.jobId,
    runJobId: await runJobIdOf(context, tree),
    writtenMs: writtenMs === undefined || Number.isNaN(writtenMs) ? undefined : writtenMs,
  };
  return (
    `To be restarted by PXE: ${String(tried.length)} of failed_nodes.json, and nodes that never booted.\n${nodeLines(tried)}` +
    (marked.length === 0 ? '' : `Left alone, marked as booted: ${String(marked.length)}\n${nodeLines(marked)}`) +
    (await warningLines(context, tree, facts))
  );
}
