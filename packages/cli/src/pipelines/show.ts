import { sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { nextAction, type NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { afterGreen } from '@omnia-buildstream/gitlab/actions/afterGreen';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { nameGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import { remedies } from '@omnia-buildstream/gitlab/omnia/why/remedies';
import { retryFacts } from '@omnia-buildstream/gitlab/omnia/retryWays';
import { whyFailed, type WhyFailed } from '@omnia-buildstream/gitlab/omnia/why/whyFailed';
import { whyPhrases } from '@omnia-buildstream/gitlab/omnia/why/whyTexts';
import { adviceFor } from '@omnia-buildstream/oim/errors/advice';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { ActionContext } from './context.ts';
import { pipelineId } from './options.ts';
import { omniaProject } from './project.ts';
import { nextText, treeLines } from './text.ts';

/** `buildstream pipelines show` */
export async function show(context: ActionContext): Promise<ExitCode> {
  const { options, io } = context;
  const tree = await treeFor(context);
  const action = nextAction(tree);
  if (options.json) {
    const next = { kind: action.kind, jobs: jobsIn(action) };
    const why = (await whyOf(context, tree, action))?.why;
    await io.stdout.write(`${JSON.stringify({ ...plain(tree), next, why }, undefined, 2)}\n`);
  } else {
    const failed = await whyOf(context, tree, action);
    const said = failed === undefined ? '' : sentencesOf(whyAndHelp(failed));
    const retry =
      action.kind === 'retry-downstream' ? await retryFacts(omniaProject(context), tree, action.pipelineId) : undefined;
    if (action.kind === 'play-deploy') await nameGroups(context, [action.image]);
    const next = nextText(action, tree.pipeline.id, retry);
    // What is not done by any pipeline comes last.
    const parts = [treeLines(tree).join('\n'), said, next, sentencesOf(afterGreen(tree))];
    await io.stdout.write(parts.map((part) => (part === '' ? '' : `${part}\n`)).join(''));
  }
  return exitCodes.ok;
}

/** Why the first of the jobs that a retry would rerun failed. @throws GitLabError */
async function whyOf(context: ActionContext, tree: PipelineNode, action: NextAction): Promise<FailedJob | undefined> {
  const [job] = action.kind === 'retry-downstream' || action.kind === 'retry-pipeline' ? action.jobs : [];
  return job === undefined ? undefined : { job, why: await whyFailed(omniaProject(context), tree, job) };
}

interface FailedJob {
  readonly job: Job;
  readonly why: WhyFailed;
}

function whyAndHelp({ job, why }: FailedJob): Phrase[] {
  return [...whyPhrases(why), ...remedies(why, job, (code) => adviceFor(0, code, true))];
}

/** The tree of the pipeline that the arguments name. @throws UserError, GitLabError */
export function treeFor({ client, project, options, call }: ActionContext): Promise<PipelineNode> {
  return loadTree(client, { projectId: project.id, pipelineId: pipelineId(options) }, call);
}

/** The numbers of the jobs that an action is about. */
function jobsIn(action: ReturnType<typeof nextAction>): number[] {
  switch (action.kind) {
    case 'wait':
      return action.on.map(({ id }) => id);
    case 'choose-image':
    case 'retry-image':
      return action.images.map(({ id }) => id);
    case 'play-deploy':
      return [action.job.id];
    case 'hidden':
    case 'done':
      return [];
    default:
      return action.jobs.map(({ id }) => id);
  }
}

function plain(tree: PipelineNode): object {
  const jobs = allPipelines(tree).flatMap((node) => [
    ...jobsOf(node).map(({ id, name, stage, status, allowFailure }) => ({
      id,
      pipelineId: node.pipeline.id,
      name,
      stage,
      status,
      allowFailure,
    })),
    ...bridgesOf(node).map(({ bridge, child }) => ({
      id: bridge.id,
      pipelineId: node.pipeline.id,
      name: bridge.name,
      stage: bridge.stage,
      status: bridge.status,
      allowFailure: bridge.allowFailure,
      childPipelineId: child?.pipeline.id,
    })),
  ]);
  const { id, ref, sha, source, webUrl } = tree.pipeline;
  return { id, ...tree.state, ref, sha, source, webUrl, jobs };
}
